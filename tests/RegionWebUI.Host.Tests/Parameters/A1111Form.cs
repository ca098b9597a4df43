using System.Globalization;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Host.Tests.Parameters;

/// <summary>
/// Compares what was imported with the values A1111 puts into its form, key by key: each lands in the request, or is listed with its value.
/// </summary>
internal static class A1111Form
{
    private static readonly IReadOnlyList<GenerationParameter> _parameters = new GenerationParameters(RequestValidator.Standard).All;

    // Says the same as nothing at all: A1111's own defaults and what only describes.
    private static readonly IReadOnlyDictionary<string, string> _defaults = Texts(InfotextPaste.Paste(new InfotextDocument()).Values);

    private static readonly string[] _descriptions = ["Model", "Model hash", "Version", "User", "Pad conds"];

    private static readonly Dictionary<string, Func<GenerationRequest, object?>> _places = new(StringComparer.Ordinal)
    {
        ["Prompt"] = r => r.Prompt,
        ["Negative prompt"] = r => r.NegativePrompt,
        ["Steps"] = r => r.Steps,
        ["CFG scale"] = r => r.CfgScale,
        ["Seed"] = r => r.Seed,
        ["Size-1"] = r => r.Width,
        ["Size-2"] = r => r.Height,
        ["Denoising strength"] = r => r.Strength,
        ["Clip skip"] = r => r.TextSettings.ClipSkip,
        ["Emphasis"] = r => r.TextSettings.Emphasis == EmphasisMode.NoNorm ? "No norm" : r.TextSettings.Emphasis.ToString(),
        ["Old prompt editing timelines"] = r => r.TextSettings.OldSchedules,
        ["RNG"] = r => r.NoiseSettings.Device == NoiseDevice.Cpu ? "CPU" : "NV",
        ["ENSD"] = r => r.NoiseSettings.EtaNoiseSeedDelta,
        ["Variation seed"] = r => r.NoiseSettings.VariationSeed,
        ["Variation seed strength"] = r => r.NoiseSettings.VariationStrength,
        ["Seed resize from-1"] = r => r.NoiseSettings.ResizeWidth,
        ["Seed resize from-2"] = r => r.NoiseSettings.ResizeHeight,
        ["Eta"] = r => r.SamplerSettings.Eta,
        ["Eta DDIM"] = r => r.SamplerSettings.Eta,
        ["Sigma churn"] = r => r.SamplerSettings.SigmaChurn,
        ["Sigma tmin"] = r => r.SamplerSettings.SigmaTmin,
        ["Sigma tmax"] = r => r.SamplerSettings.SigmaTmax,
        ["Sigma noise"] = r => r.SamplerSettings.SigmaNoise,
        ["Schedule max sigma"] = r => r.SamplerSettings.ScheduleSigmaMax,
        ["Schedule min sigma"] = r => r.SamplerSettings.ScheduleSigmaMin,
        ["Schedule rho"] = r => r.SamplerSettings.ScheduleRho,
        ["Beta schedule alpha"] = r => r.SamplerSettings.BetaAlpha,
        ["Beta scheduler alpha"] = r => r.SamplerSettings.BetaAlpha,
        ["Beta schedule beta"] = r => r.SamplerSettings.BetaBeta,
        ["Discard penultimate sigma"] = r => r.SamplerSettings.DiscardNextToLastSigma,
        ["UniPC order"] = r => r.SamplerSettings.UniPcOrder,
        ["UniPC lower order final"] = r => r.SamplerSettings.UniPcLowerOrderFinal,
    };

    public static IReadOnlyDictionary<string, string> Texts(IReadOnlyDictionary<string, InfotextValue> values) =>
        values.ToDictionary(v => v.Key, v => v.Value.ToString(), StringComparer.Ordinal);

    /// <summary>Imports an infotext into a fresh request and asserts that it equals A1111's form.</summary>
    /// <returns>How many values landed in the request.</returns>
    public static int AssertFilled(string infotext, IReadOnlyDictionary<string, string> form)
    {
        var document = InfotextReader.Read(infotext);
        var import = InfotextImport.Apply(new GenerationRequest(), document, _parameters);
        var keys = document.Fields.Count == 0
            ? ["Prompt", "Negative prompt"]
            : form.Keys.Where(k => k is not ("Sampler" or "Schedule type")).ToList();
        var landed = keys.Count(key => HasLanded(key, form[key], import.Request));
        var listed = keys.Where(key => !HasLanded(key, form[key], import.Request) && !IsSilent(key, form)).Select(key => Listed(key, form)).ToList();
        if (document.Fields.Count > 0)
        {
            listed.AddRange(AssertSampler(form, import));
            AssertRest(form, import.Request);
        }

        Assert.Equal(listed.Distinct().Order(StringComparer.Ordinal), import.NotTaken.Order(StringComparer.Ordinal));
        Assert.Empty(RequestValidator.Standard.Validate(import.Request));
        return landed;
    }

    private static bool HasLanded(string key, string value, GenerationRequest request) =>
        _places.TryGetValue(key, out var place)
        && Convert.ToString(place(request), CultureInfo.InvariantCulture) is { } text
        && (text == value || (key == "RNG" && value == "GPU" && text == "NV")
            || (double.TryParse(value, CultureInfo.InvariantCulture, out var number)
                && double.TryParse(text, CultureInfo.InvariantCulture, out var has) && has == number));

    private static bool IsSilent(string key, IReadOnlyDictionary<string, string> form) =>
        _descriptions.Contains(key)
        || (_defaults.TryGetValue(key, out var value) && value == form[key])
        || (key is "Hires resize-1" or "Hires resize-2" && form.ContainsKey("First pass size-1"));

    private static string Listed(string key, IReadOnlyDictionary<string, string> form)
    {
        var half = key.EndsWith("-1", StringComparison.Ordinal) || key.EndsWith("-2", StringComparison.Ordinal);
        return half ? $"{key[..^2]} ({form[key[..^2] + "-1"]}x{form[key[..^2] + "-2"]})"
            : $"{key} ({(form[key].Length > 40 ? form[key][..40] + "..." : form[key])})";
    }

    private static IEnumerable<string> AssertSampler(IReadOnlyDictionary<string, string> form, InfotextImport import)
    {
        if (!form.TryGetValue("Sampler", out var written))
        {
            Assert.Equal(new GenerationRequest().Sampler, import.Request.Sampler);
            return [];
        }

        var name = SamplerName.AsA1111(written, form["Schedule type"]);
        Assert.Equal((name.Sampler, name.Schedule), (import.Request.Sampler, import.Request.Schedule));
        Assert.Equal(name.Sampler is "DDIM" or "PLMS", import.Request.SamplerSettings.DropLastCall);
        var isUnknown = SamplerName.Apart(written, null).Sampler != name.Sampler;
        return [
            .. isUnknown ? (string[])[$"Sampler ({written}; {name.Sampler} stands in)"] : [],
            .. SamplerName.FindSchedule(form["Schedule type"]) is null ? (string[])[Listed("Schedule type", form)] : [],
        ];
    }

    // What the text does not speak of is as in a fresh request.
    private static void AssertRest(IReadOnlyDictionary<string, string> form, GenerationRequest request)
    {
        foreach (var parameter in _parameters.Where(p => p.InfotextKey is not (null or "Sampler" or "Schedule type" or "Drop last call")))
        {
            if (!form.ContainsKey(parameter.InfotextKey!) && !(parameter.InfotextKey == "Eta" && form.ContainsKey("Eta DDIM"))
                && !(parameter.InfotextKey == "Beta schedule alpha" && form.ContainsKey("Beta scheduler alpha")))
            {
                Assert.Equal(parameter.Default, parameter.Get(request));
            }
        }
    }
}
