using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;
using static RegionWebUI.Host.Parameters.ParameterKinds;

namespace RegionWebUI.Host.Parameters;

/// <summary>The parameters of <see cref="NoiseSettings"/>.</summary>
internal static class SeedParameters
{
    private static readonly (string, NoiseDevice)[] _devices = [("CPU", NoiseDevice.Cpu), ("NV", NoiseDevice.Nv)];

    public static IEnumerable<GenerationParameter> All =>
    [
        Whole(
            new(nameof(NoiseSettings.VariationSeed), "Variation seed", "--variation-seed",
                "Seed of the noise that is mixed in; one is drawn when it is left out.", InfotextKeys.VariationSeed),
            (RequestLimits.MinSeed, RequestLimits.MaxSeed),
            r => r.NoiseSettings.VariationSeed,
            (r, v) => With(r, s => s with { VariationSeed = v })),
        Real(
            new(nameof(NoiseSettings.VariationStrength), "Variation strength", "--variation-strength",
                "Share of the variation seed's noise: 0 mixes none in, 1 is that seed's picture.", InfotextKeys.VariationSeedStrength),
            (0, 1, 0.01), r => r.NoiseSettings.VariationStrength, (r, v) => With(r, s => s with { VariationStrength = v })),
        Side(
            nameof(NoiseSettings.ResizeWidth), "Resize seed from width", "--seed-resize-width",
            r => r.NoiseSettings.ResizeWidth, (r, v) => With(r, s => s with { ResizeWidth = v })),
        Side(
            nameof(NoiseSettings.ResizeHeight), "Resize seed from height", "--seed-resize-height",
            r => r.NoiseSettings.ResizeHeight, (r, v) => With(r, s => s with { ResizeHeight = v })),
        Choice(
            new(nameof(NoiseSettings.Device), "Noise source", "--rng", "Whose random numbers a seed stands for.", InfotextKeys.Rng),
            _devices, r => r.NoiseSettings.Device, (r, v) => With(r, s => s with { Device = v })),
        Whole(
            new(nameof(NoiseSettings.EtaNoiseSeedDelta), "Eta noise seed delta", "--ensd",
                "Added to the seed for what ancestral samplers draw after the start noise.", InfotextKeys.Ensd),
            (0, RequestLimits.MaxSeed),
            r => r.NoiseSettings.EtaNoiseSeedDelta,
            (r, v) => With(r, s => s with { EtaNoiseSeedDelta = v })),
    ];

    private static GenerationParameter Side(
        string field, string label, string option, Func<GenerationRequest, int> get, Func<GenerationRequest, int, GenerationRequest> set) =>
        Whole(
            new(field, label, option, "Size in pixels of the picture whose composition the seed keeps; 0 for the picture's own."),
            (0, RequestLimits.MaxSide), r => get(r), (r, v) => set(r, (int)v)) with
        {
            Step = RequestLimits.SideStep,
        };

    private static GenerationRequest With(GenerationRequest request, Func<NoiseSettings, NoiseSettings> change) =>
        request with { NoiseSettings = change(request.NoiseSettings) };
}
