using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>
/// The settings of a request in an infotext, under A1111's keys: each where it differs from its default and the run reads it. Two have no
/// key there and get one of their own.
/// </summary>
internal static class SettingsInfotext
{
    /// <summary>A run from a picture makes exactly the steps asked for.</summary>
    public const string ExactSteps = "Exact steps";

    private static readonly NoiseSettings _plainNoise = new();
    private static readonly SamplerSettings _plain = new();

    /// <summary>What is said of a picture's noise beside its seed and source.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="variationSeed">Seed of the noise mixed into this picture's; null for a lane that has only its own.</param>
    public static IEnumerable<KeyValuePair<string, InfotextValue?>> Noise(GenerationRequest request, long? variationSeed)
    {
        var noise = request.NoiseSettings;
        if (variationSeed is { } seed)
        {
            yield return new(InfotextKeys.VariationSeed, seed);
            yield return new(InfotextKeys.VariationSeedStrength, PictureInfotext.AsWritten(noise.VariationStrength));
        }

        if (SettingsMapping.ResizesSeed(noise))
        {
            yield return new(InfotextKeys.SeedResizeFrom, FormattableString.Invariant($"{noise.ResizeWidth}x{noise.ResizeHeight}"));
        }

        if (noise.EtaNoiseSeedDelta != _plainNoise.EtaNoiseSeedDelta && SettingsUse.IsUsed(request, nameof(noise.EtaNoiseSeedDelta)))
        {
            yield return new(InfotextKeys.Ensd, noise.EtaNoiseSeedDelta);
        }
    }

    /// <summary>What is said of the sampler and the schedule beside their names.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="sampler">Its sampler.</param>
    public static IEnumerable<KeyValuePair<string, InfotextValue?>> Sampler(GenerationRequest request, Sampler sampler)
    {
        var s = request.SamplerSettings;
        var schedule = ScheduleCatalog.Resolve(request.Schedule, sampler.OwnSchedule);

        // A1111 has one setting for DDIM's eta and one for everyone else's.
        (string Field, string Key, InfotextValue? Value)[] all =
        [
            (nameof(s.Eta), sampler.Traits.StartsAtZ ? "Eta DDIM" : "Eta", s.Eta is { } eta ? Real(eta, sampler.Traits.DefaultEta) : null),
            (nameof(s.SigmaChurn), "Sigma churn", Real(s.SigmaChurn, _plain.SigmaChurn)),
            (nameof(s.SigmaTmin), "Sigma tmin", Real(s.SigmaTmin, _plain.SigmaTmin)),
            (nameof(s.SigmaTmax), "Sigma tmax", Real(s.SigmaTmax, _plain.SigmaTmax)),
            (nameof(s.SigmaNoise), "Sigma noise", Real(s.SigmaNoise, _plain.SigmaNoise)),
            (nameof(s.ScheduleSigmaMin), "Schedule min sigma", Real(s.ScheduleSigmaMin, _plain.ScheduleSigmaMin)),
            (nameof(s.ScheduleSigmaMax), "Schedule max sigma", Real(s.ScheduleSigmaMax, _plain.ScheduleSigmaMax)),
            (nameof(s.ScheduleRho), "Schedule rho", s.ScheduleRho == 0 ? null : Real(s.ScheduleRho, schedule.DefaultRho)),
            (nameof(s.BetaAlpha), "Beta schedule alpha", Real(s.BetaAlpha, _plain.BetaAlpha)),
            (nameof(s.BetaBeta), "Beta schedule beta", Real(s.BetaBeta, _plain.BetaBeta)),
            (nameof(s.DiscardNextToLastSigma), "Discard penultimate sigma", Flag(s.DiscardNextToLastSigma, _plain.DiscardNextToLastSigma)),
            (nameof(s.DropLastCall), "Drop last call", Flag(s.DropLastCall, _plain.DropLastCall)),
            (nameof(s.UniPcVariant), "UniPC variant", Changed(s.UniPcVariant, _plain.UniPcVariant, Name(s.UniPcVariant))),
            (nameof(s.UniPcSkip), "UniPC skip type", Changed(s.UniPcSkip, _plain.UniPcSkip, Name(s.UniPcSkip))),
            (nameof(s.UniPcOrder), "UniPC order", Changed(s.UniPcOrder, _plain.UniPcOrder, s.UniPcOrder)),
            (nameof(s.UniPcLowerOrderFinal), "UniPC lower order final", Flag(s.UniPcLowerOrderFinal, _plain.UniPcLowerOrderFinal)),
        ];
        return all.Where(a => a.Value is not null && SettingsUse.IsUsed(sampler, schedule, a.Field))
            .Select(a => new KeyValuePair<string, InfotextValue?>(a.Key, a.Value));
    }

    private static InfotextValue? Real(double value, double? own) => Changed(value, own, PictureInfotext.AsWritten(value));

    private static InfotextValue? Flag(bool value, bool own) => Changed(value, own, value);

    private static InfotextValue? Changed<T>(T value, T own, InfotextValue written) =>
        EqualityComparer<T>.Default.Equals(value, own) ? default(InfotextValue?) : written;

    private static string Name(UniPcVariant variant) => variant switch
    {
        UniPcVariant.Bh1 => "bh1",
        UniPcVariant.Bh2 => "bh2",
        _ => "vary_coeff",
    };

    private static string Name(UniPcSkip skip) => skip switch
    {
        UniPcSkip.TimeUniform => "time_uniform",
        UniPcSkip.TimeQuadratic => "time_quadratic",
        _ => "logSNR",
    };
}
