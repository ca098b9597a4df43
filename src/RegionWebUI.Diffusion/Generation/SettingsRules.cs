using System.Globalization;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Names each value of a request's settings that is out of range.</summary>
internal static class SettingsRules
{
    /// <summary>One problem per value at fault, null where a value is legal.</summary>
    public static IEnumerable<RequestProblem?> Of(GenerationRequest request)
    {
        var (sampler, noise, text) = (request.SamplerSettings, request.NoiseSettings, request.TextSettings);
        return
        [
            Real(nameof(sampler.Eta), "Eta", sampler.Eta ?? 0, 0, 1),
            Real(nameof(sampler.SigmaChurn), "Sigma churn", sampler.SigmaChurn, 0, SettingsLimits.MaxSigmaChurn),
            Real(nameof(sampler.SigmaTmin), "Sigma tmin", sampler.SigmaTmin, 0, SettingsLimits.MaxSigmaTmin),
            Real(nameof(sampler.SigmaTmax), "Sigma tmax", sampler.SigmaTmax, 0, SettingsLimits.MaxSigmaTmax),
            Real(nameof(sampler.SigmaNoise), "Sigma noise", sampler.SigmaNoise, 0, SettingsLimits.MaxSigmaNoise),
            Real(nameof(sampler.ScheduleRho), "Schedule rho", sampler.ScheduleRho, 0, SettingsLimits.MaxRho),
            Real(nameof(sampler.ScheduleSigmaMin), "Schedule min sigma", sampler.ScheduleSigmaMin, 0, SettingsLimits.MaxSigmaMin),
            Real(nameof(sampler.ScheduleSigmaMax), "Schedule max sigma", sampler.ScheduleSigmaMax, 0, SettingsLimits.MaxSigmaMax),
            Real(nameof(sampler.BetaAlpha), "Beta schedule alpha", sampler.BetaAlpha, SettingsLimits.MinBeta, SettingsLimits.MaxBeta),
            Real(nameof(sampler.BetaBeta), "Beta schedule beta", sampler.BetaBeta, SettingsLimits.MinBeta, SettingsLimits.MaxBeta),
            Whole(nameof(sampler.UniPcOrder), "UniPC order", sampler.UniPcOrder, SettingsLimits.MinUniPcOrder, SettingsLimits.MaxUniPcOrder),
            Whole(nameof(noise.VariationSeed), "Variation seed", noise.VariationSeed, RequestLimits.MinSeed, RequestLimits.MaxSeed),
            Real(nameof(noise.VariationStrength), "Variation strength", noise.VariationStrength, 0, 1),
            Side(nameof(noise.ResizeWidth), "Resize seed from width", noise.ResizeWidth),
            Side(nameof(noise.ResizeHeight), "Resize seed from height", noise.ResizeHeight),
            Whole(nameof(noise.EtaNoiseSeedDelta), "Eta noise seed delta", noise.EtaNoiseSeedDelta, 0, RequestLimits.MaxSeed),
            Whole(nameof(text.ClipSkip), "Clip skip", text.ClipSkip, SettingsLimits.MinClipSkip, SettingsLimits.MaxClipSkip),
        ];
    }

    /// <summary>One sentence for a number out of its range.</summary>
    public static RequestProblem? Real(string field, string label, double value, double min, double max) =>
        value >= min && value <= max
            ? null
            : new(field, string.Create(CultureInfo.InvariantCulture, $"{label} must be a number from {min} to {max}, not {value}."));

    /// <summary>One sentence for a whole number out of its range.</summary>
    public static RequestProblem? Whole(string field, string label, long value, long min, long max) =>
        value >= min && value <= max ? null : new(field, $"{label} must be a whole number from {min} to {max}, not {value}.");

    private static RequestProblem? Side(string field, string label, int pixels) =>
        pixels == 0 || (pixels is >= RequestLimits.MinSide and <= RequestLimits.MaxSide && pixels % RequestLimits.SideStep == 0)
            ? null
            : new(
                field,
                $"{label} must be 0 or a multiple of {RequestLimits.SideStep} from {RequestLimits.MinSide} to {RequestLimits.MaxSide}, "
                + $"not {pixels}.");
}
