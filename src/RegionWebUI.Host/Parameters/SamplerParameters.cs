using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;
using static RegionWebUI.Host.Parameters.ParameterKinds;

namespace RegionWebUI.Host.Parameters;

/// <summary>The parameters of <see cref="SamplerSettings"/>.</summary>
internal static class SamplerParameters
{
    private static readonly (string, UniPcVariant)[] _variants =
        [("bh1", UniPcVariant.Bh1), ("bh2", UniPcVariant.Bh2), ("vary_coeff", UniPcVariant.VaryCoefficients)];

    private static readonly (string, UniPcSkip)[] _skips =
        [("time_uniform", UniPcSkip.TimeUniform), ("time_quadratic", UniPcSkip.TimeQuadratic), ("logSNR", UniPcSkip.LogSnr)];

    public static IEnumerable<GenerationParameter> All =>
    [
        Real(
            new(nameof(SamplerSettings.Eta), "Eta", "--eta", "Share of fresh noise in each step; the sampler's own when it is left out.", "Eta"),
            (0, 1, 0.05), r => r.SamplerSettings.Eta, (r, v) => With(r, s => s with { Eta = v })) with
            {
                Clear = r => With(r, s => s with { Eta = null }),
                OtherInfotextKeys = ["Eta DDIM"],
            },
        Real(
            new(nameof(SamplerSettings.SigmaChurn), "Sigma churn", "--sigma-churn",
                "Noise added over the run by Euler, Heun and DPM2.", "Sigma churn"),
            (0, SettingsLimits.MaxSigmaChurn, 0.5), r => r.SamplerSettings.SigmaChurn, (r, v) => With(r, s => s with { SigmaChurn = v })),
        Real(
            new(nameof(SamplerSettings.SigmaTmin), "Sigma tmin", "--sigma-tmin", "Lowest noise level at which churn works.", "Sigma tmin"),
            (0, SettingsLimits.MaxSigmaTmin, 0.1), r => r.SamplerSettings.SigmaTmin, (r, v) => With(r, s => s with { SigmaTmin = v })),
        Real(
            new(nameof(SamplerSettings.SigmaTmax), "Sigma tmax", "--sigma-tmax",
                "Highest noise level at which churn works; 0 is no limit.", "Sigma tmax"),
            (0, SettingsLimits.MaxSigmaTmax, 1), r => r.SamplerSettings.SigmaTmax, (r, v) => With(r, s => s with { SigmaTmax = v })),
        Real(
            new(nameof(SamplerSettings.SigmaNoise), "Sigma noise", "--sigma-noise", "Scale of the noise that is added.", "Sigma noise"),
            (0, SettingsLimits.MaxSigmaNoise, 0.01), r => r.SamplerSettings.SigmaNoise, (r, v) => With(r, s => s with { SigmaNoise = v })),
        Real(
            new(nameof(SamplerSettings.ScheduleRho), "Schedule rho", "--schedule-rho",
                "Curvature of Karras and Polyexponential; 0 takes the schedule's own.", "Schedule rho"),
            (0, SettingsLimits.MaxRho, 0.5), r => r.SamplerSettings.ScheduleRho, (r, v) => With(r, s => s with { ScheduleRho = v })),
        Real(
            new(nameof(SamplerSettings.ScheduleSigmaMin), "Schedule min sigma", "--schedule-sigma-min",
                "Lowest noise level before the end; 0 takes the model's.", "Schedule min sigma"),
            (0, SettingsLimits.MaxSigmaMin, 0.01),
            r => r.SamplerSettings.ScheduleSigmaMin,
            (r, v) => With(r, s => s with { ScheduleSigmaMin = v })),
        Real(
            new(nameof(SamplerSettings.ScheduleSigmaMax), "Schedule max sigma", "--schedule-sigma-max",
                "Highest noise level; 0 takes the model's.", "Schedule max sigma"),
            (0, SettingsLimits.MaxSigmaMax, 0.1),
            r => r.SamplerSettings.ScheduleSigmaMax,
            (r, v) => With(r, s => s with { ScheduleSigmaMax = v })),
        Real(
            new(nameof(SamplerSettings.BetaAlpha), "Beta schedule alpha", "--beta-alpha", "First shape of the Beta schedule.", "Beta schedule alpha"),
            (SettingsLimits.MinBeta, SettingsLimits.MaxBeta, 0.01),
            r => r.SamplerSettings.BetaAlpha,
            (r, v) => With(r, s => s with { BetaAlpha = v })),
        Real(
            new(nameof(SamplerSettings.BetaBeta), "Beta schedule beta", "--beta-beta", "Second shape of the Beta schedule.", "Beta schedule beta"),
            (SettingsLimits.MinBeta, SettingsLimits.MaxBeta, 0.01),
            r => r.SamplerSettings.BetaBeta,
            (r, v) => With(r, s => s with { BetaBeta = v })),
        Flag(
            new(nameof(SamplerSettings.DiscardNextToLastSigma), "Discard penultimate sigma", "--discard-penultimate-sigma",
                "Leaves out the noise level before 0.", "Discard penultimate sigma"),
            r => r.SamplerSettings.DiscardNextToLastSigma, (r, v) => With(r, s => s with { DiscardNextToLastSigma = v })),
        Flag(
            new(nameof(SamplerSettings.DropLastCall), "Drop last call", "--drop-last-call",
                "Ends DDIM and PLMS one step early, as A1111 does.", "Drop last call"),
            r => r.SamplerSettings.DropLastCall, (r, v) => With(r, s => s with { DropLastCall = v })),
        Choice(
            new(nameof(SamplerSettings.UniPcVariant), "UniPC variant", "--unipc-variant", "How UniPC weighs its past.", "UniPC variant"),
            _variants, r => r.SamplerSettings.UniPcVariant, (r, v) => With(r, s => s with { UniPcVariant = v })),
        Choice(
            new(nameof(SamplerSettings.UniPcSkip), "UniPC skip type", "--unipc-skip", "What UniPC's strides are equal in.", "UniPC skip type"),
            _skips, r => r.SamplerSettings.UniPcSkip, (r, v) => With(r, s => s with { UniPcSkip = v })),
        Whole(
            new(nameof(SamplerSettings.UniPcOrder), "UniPC order", "--unipc-order", "How many predictions UniPC looks back on.", "UniPC order"),
            (SettingsLimits.MinUniPcOrder, SettingsLimits.MaxUniPcOrder),
            r => r.SamplerSettings.UniPcOrder,
            (r, v) => With(r, s => s with { UniPcOrder = (int)v })),
        Flag(
            new(nameof(SamplerSettings.UniPcLowerOrderFinal), "UniPC lower order final", "--unipc-lower-order-final",
                "UniPC falls back to lower orders in its last steps.", "UniPC lower order final"),
            r => r.SamplerSettings.UniPcLowerOrderFinal, (r, v) => With(r, s => s with { UniPcLowerOrderFinal = v })),
    ];

    private static GenerationRequest With(GenerationRequest request, Func<SamplerSettings, SamplerSettings> change) =>
        request with { SamplerSettings = change(request.SamplerSettings) };
}
