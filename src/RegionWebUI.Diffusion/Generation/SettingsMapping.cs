using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The settings of a request as samplers, schedules and noise read them. As in A1111 a 0 stands for "the own value" there.</summary>
internal static class SettingsMapping
{
    // A1111's seed resize speaks of pixels and takes eight for a latent cell, whatever the VAE.
    private const int PixelsPerCell = 8;

    /// <summary>What the sampler reads.</summary>
    public static SamplerOptions SamplerOptions(SamplerSettings settings) => new()
    {
        Eta = settings.Eta,
        SChurn = settings.SigmaChurn,
        STmin = settings.SigmaTmin,
        STmax = settings.SigmaTmax > 0 ? settings.SigmaTmax : double.PositiveInfinity,
        SNoise = settings.SigmaNoise,
        UniPcVariant = settings.UniPcVariant,
        UniPcOrder = settings.UniPcOrder,
        UniPcLowerOrderFinal = settings.UniPcLowerOrderFinal,
    };

    /// <summary>What the schedule reads.</summary>
    public static ScheduleOptions ScheduleOptions(SamplerSettings settings) => new()
    {
        Rho = Given(settings.ScheduleRho),
        SigmaMin = Given(settings.ScheduleSigmaMin),
        SigmaMax = Given(settings.ScheduleSigmaMax),
        BetaAlpha = settings.BetaAlpha,
        BetaBeta = settings.BetaBeta,
        UniPcSkip = settings.UniPcSkip,
        DropLastCall = settings.DropLastCall,
        DiscardNextToLastSigma = settings.DiscardNextToLastSigma,
    };

    /// <summary>Where in the schedule a run from a picture begins; null for a run from noise.</summary>
    public static ImageToImageSteps? FromPicture(GenerationRequest request) =>
        request.Init is null ? null : ImageToImageSteps.Of(request.Steps, request.Strength, request.ExactSteps);

    /// <summary>Seed of a picture of a batch: seeds count up, but while a variation is mixed in all pictures share one.</summary>
    /// <param name="seed">Seed of the first picture.</param>
    /// <param name="settings">What departs from one seed, one noise.</param>
    /// <param name="picture">Number of the picture, from 0.</param>
    public static long Seed(long seed, NoiseSettings settings, int picture) =>
        settings.VariationStrength > 0 ? seed : CountedUp(seed, picture);

    /// <summary>The noise of a picture of a batch.</summary>
    /// <param name="settings">What departs from one seed, one noise.</param>
    /// <param name="sampler">Says whether ENSD counts.</param>
    /// <param name="picture">Number of the picture, from 0; null for a lane that a hook added: its noise is its own seed's alone.</param>
    public static NoiseOptions NoiseOptions(NoiseSettings settings, Sampler sampler, int? picture)
    {
        var options = new NoiseOptions
        {
            Device = settings.Device,
            EtaNoiseSeedDelta = sampler.Traits.UsesEnsd ? settings.EtaNoiseSeedDelta : 0,
        };
        return picture is not { } number
            ? options
            : options with
            {
                VariationSeed = settings.VariationStrength > 0 ? CountedUp(settings.VariationSeed, number) : null,
                VariationStrength = settings.VariationStrength,
                ResizeFrom = ResizesSeed(settings) ? (settings.ResizeHeight / PixelsPerCell, settings.ResizeWidth / PixelsPerCell) : null,
            };
    }

    /// <summary>Whether the start noise is drawn at a size of its own: as in A1111 only where both sides are given.</summary>
    public static bool ResizesSeed(NoiseSettings settings) => settings.ResizeWidth > 0 && settings.ResizeHeight > 0;

    private static double? Given(double value) => value > 0 ? value : null;

    private static long CountedUp(long seed, int picture) => (seed + picture) % (RequestLimits.MaxSeed + 1);
}
