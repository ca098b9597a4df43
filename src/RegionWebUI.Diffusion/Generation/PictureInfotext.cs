using System.Reflection;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>How a picture was made, as A1111 writes it, with what extensions did behind A1111's own keys.</summary>
internal static class PictureInfotext
{
    private const string OldSchedulesKey = "Old prompt editing timelines";
    private const string PadCondsKey = "Pad conds";
    private const string ExtensionsKey = "Extensions";
    private const string ErrorsKey = "Extension errors";

    private static readonly string _version = "RegionWebUI "
        + (typeof(PictureInfotext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");

    /// <summary>The text of one picture.</summary>
    /// <param name="request">What was asked for, with width and height.</param>
    /// <param name="plan">The request, resolved.</param>
    /// <param name="seed">The picture's own seed, and that of the noise mixed into its own.</param>
    /// <param name="model">Name and hash of the checkpoint.</param>
    /// <param name="extensions">What extensions did.</param>
    public static string Write(
        GenerationRequest request,
        SamplingPlan plan,
        (long Own, long? Variation) seed,
        (string Name, string Hash) model,
        ExtensionTrace extensions) =>
        InfotextWriter.Write(new InfotextParameters
        {
            Prompt = request.Prompt,
            NegativePrompt = request.NegativePrompt,
            Steps = request.Steps,
            Sampler = plan.Sampler.Name,
            ScheduleType = ScheduleType(plan),
            CfgScale = AsWritten(request.CfgScale),
            Seed = seed.Own,
            Width = request.Width!.Value,
            Height = request.Height!.Value,
            ModelHash = model.Hash,
            Model = model.Name,
            Rng = request.NoiseSettings.Device == NoiseDevice.Nv ? "NV" : "CPU",
            Extra =
            [
                .. Source(request),
                .. Text(request, plan),
                .. SettingsInfotext.Noise(request, seed.Variation),
                .. SettingsInfotext.Sampler(request, plan.Sampler),
                .. Extensions(extensions),
            ],
            Version = _version,
        });

    private static IEnumerable<KeyValuePair<string, InfotextValue?>> Source(GenerationRequest request)
    {
        if (request.Init is not null)
        {
            yield return new(InfotextKeys.DenoisingStrength, AsWritten(request.Strength));
            if (request.ExactSteps)
            {
                yield return new(SettingsInfotext.ExactSteps, true);
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, InfotextValue?>> Text(GenerationRequest request, SamplingPlan plan)
    {
        var text = request.TextSettings;
        if (text.ClipSkip > SettingsLimits.MinClipSkip)
        {
            yield return new(InfotextKeys.ClipSkip, text.ClipSkip);
        }

        if (text.Emphasis != EmphasisMode.Original)
        {
            yield return new(InfotextKeys.Emphasis, text.Emphasis == EmphasisMode.NoNorm ? "No norm" : text.Emphasis.ToString());
        }

        if (text.OldSchedules)
        {
            yield return new(OldSchedulesKey, true);
        }

        if (plan.Prompts.PadsConds)
        {
            yield return new(PadCondsKey, true);
        }
    }

    private static IEnumerable<KeyValuePair<string, InfotextValue?>> Extensions(ExtensionTrace trace)
    {
        if (trace.Active.Count > 0)
        {
            yield return new(ExtensionsKey, string.Join(", ", trace.Active.Select(e => $"{e.Id} {e.Version}")));
        }

        foreach (var extension in trace.Active)
        {
            foreach (var (name, value) in extension.Values)
            {
                yield return new(InfotextKeys.OfExtension(extension.Id, name), value);
            }
        }

        foreach (var (key, value) in trace.Notes)
        {
            yield return new(key, value);
        }

        if (trace.Failures.Count > 0)
        {
            yield return new(ErrorsKey, string.Join("; ", trace.Failures.Select(Describe)));
        }
    }

    private static string Describe(HookFailure failure)
    {
        var where = failure.Step < 0 ? $"{failure.Kind}" : $"{failure.Kind} at step {failure.Step + 1}";
        return $"{failure.Extension} {failure.Version} left out ({where.ToLowerInvariant()}: {failure.Message})";
    }

    /// <summary>Whole numbers without a point, as A1111's page sends them.</summary>
    internal static InfotextValue AsWritten(double number) =>
        number == Math.Floor(number) ? InfotextValue.FromInteger((long)number) : InfotextValue.FromFloat(number);

    /// <summary>A1111 writes the schedule a sampler names as its own in place of Automatic.</summary>
    private static string ScheduleType(SamplingPlan plan)
    {
        var written = ScheduleCatalog.Canonical(plan.Schedule);
        return written == ScheduleCatalog.Automatic && plan.Sampler.OwnSchedule is (KarrasSchedule or ExponentialSchedule) and var own
            ? own.Name
            : written;
    }
}
