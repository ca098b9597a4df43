using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;
using static RegionWebUI.Host.Parameters.ParameterKinds;

namespace RegionWebUI.Host.Parameters;

/// <summary>The parameters of <see cref="TextSettings"/>.</summary>
internal static class TextParameters
{
    private static readonly (string, EmphasisMode)[] _modes =
        [("Original", EmphasisMode.Original), ("No norm", EmphasisMode.NoNorm), ("Ignore", EmphasisMode.Ignore), ("None", EmphasisMode.None)];

    public static IEnumerable<GenerationParameter> All =>
    [
        Whole(
            new(nameof(TextSettings.ClipSkip), "Clip skip", "--clip-skip",
                "Layer of the text encoder that is taken, counted from the end.", InfotextKeys.ClipSkip),
            (SettingsLimits.MinClipSkip, SettingsLimits.MaxClipSkip),
            r => r.TextSettings.ClipSkip,
            (r, v) => With(r, s => s with { ClipSkip = (int)v })),
        Choice(
            new(nameof(TextSettings.Emphasis), "Emphasis", "--emphasis", "What weights in the prompt do.", InfotextKeys.Emphasis),
            _modes, r => r.TextSettings.Emphasis, (r, v) => With(r, s => s with { Emphasis = v })),
        Flag(
            new(nameof(TextSettings.OldSchedules), "Old prompt editing timelines", "--old-schedules",
                "Reads switch steps as A1111 did before 1.6.", "Old prompt editing timelines"),
            r => r.TextSettings.OldSchedules, (r, v) => With(r, s => s with { OldSchedules = v })),
    ];

    private static GenerationRequest With(GenerationRequest request, Func<TextSettings, TextSettings> change) =>
        request with { TextSettings = change(request.TextSettings) };
}
