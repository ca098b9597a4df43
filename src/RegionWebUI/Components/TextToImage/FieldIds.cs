using System.Collections.Frozen;
using System.Text.Json;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Components.TextToImage;

/// <summary>Ids of the form's controls, and which parameter of a request each one holds.</summary>
internal static class FieldIds
{
    internal const string Prompt = "prompt";
    internal const string Negative = "negative";
    internal const string Width = "width";
    internal const string Height = "height";
    internal const string Steps = "steps";
    internal const string Sampler = "sampler";
    internal const string Schedule = "schedule";
    internal const string Cfg = "cfg";
    internal const string Seed = "seed";
    internal const string Batch = "batch";
    internal const string Strength = "strength";
    internal const string ExactSteps = "exact-steps";
    internal const string VariationSeed = "variation-seed";
    internal const string VariationStrength = "variation-strength";
    internal const string NoiseSource = "noise-source";
    internal const string Init = "init";
    internal const string Mask = "mask";

    /// <summary>Errors that belong to no control.</summary>
    internal const string Form = "form";

    private static readonly FrozenDictionary<string, string> _byParameter = new Dictionary<string, string>(OfSettings())
    {
        [nameof(GenerationRequest.Prompt)] = Prompt,
        [nameof(GenerationRequest.NegativePrompt)] = Negative,
        [nameof(GenerationRequest.Width)] = Width,
        [nameof(GenerationRequest.Height)] = Height,
        [nameof(GenerationRequest.Steps)] = Steps,
        [nameof(GenerationRequest.Sampler)] = Sampler,
        [nameof(GenerationRequest.Schedule)] = Schedule,
        [nameof(GenerationRequest.CfgScale)] = Cfg,
        [nameof(GenerationRequest.Seed)] = Seed,
        [nameof(GenerationRequest.BatchSize)] = Batch,
        [nameof(GenerationRequest.Strength)] = Strength,
        [nameof(GenerationRequest.Init)] = Init,
        [nameof(GenerationRequest.Mask)] = Mask,
        [nameof(NoiseSettings.Device)] = NoiseSource,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // "SigmaChurn" becomes "sigma-churn".
    private static IEnumerable<KeyValuePair<string, string>> OfSettings() =>
        new[] { typeof(SamplerSettings), typeof(NoiseSettings), typeof(TextSettings) }
            .SelectMany(type => type.GetProperties())
            .Select(property => property.Name)
            .Append(nameof(GenerationRequest.ExactSteps))
            .Select(name => KeyValuePair.Create(name, JsonNamingPolicy.KebabCaseLower.ConvertName(name)));

    // An extension's parameter is "ext/id/name"; neither id nor name holds a '/'.
    private const string ExtensionId = "ext-";

    /// <summary>The control of a parameter, or <see cref="Form"/> when there is none.</summary>
    internal static string Of(string? parameter) =>
        parameter is null ? Form
        : _byParameter.TryGetValue(parameter, out var id) ? id
        : parameter.StartsWith(InfotextKeys.ExtensionPrefix, StringComparison.Ordinal) ? parameter.Replace('/', '-')
        : Form;

    /// <summary>Whether a control holds an extension's parameter.</summary>
    internal static bool IsExtension(string id) => id.StartsWith(ExtensionId, StringComparison.Ordinal);
}
