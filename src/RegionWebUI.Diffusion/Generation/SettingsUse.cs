using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Which of the settings the sampler and the schedule of a request read.</summary>
public static class SettingsUse
{
    /// <summary>Whether a setting can change the picture.</summary>
    /// <param name="request">Names the sampler and the schedule.</param>
    /// <param name="setting">Property name of <see cref="SamplerSettings"/> or <see cref="NoiseSettings"/>.</param>
    /// <returns>False when neither reads it. True for every other name, and where a sampler or schedule is not known here.</returns>
    public static bool IsUsed(GenerationRequest request, string setting)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SamplerCatalog.Find(request.Sampler) is not { } sampler
            || !ScheduleCatalog.Names.Contains(request.Schedule, StringComparer.OrdinalIgnoreCase)
            || IsUsed(sampler, ScheduleCatalog.Resolve(request.Schedule, sampler.OwnSchedule), setting);
    }

    /// <inheritdoc cref="IsUsed(GenerationRequest, string)"/>
    internal static bool IsUsed(Sampler sampler, Schedule schedule, string setting) => setting switch
    {
        nameof(SamplerSettings.Eta) => sampler.Traits.DefaultEta is not null || sampler is ExtensionSampler,
        nameof(SamplerSettings.SigmaChurn) or nameof(SamplerSettings.SigmaTmin) or nameof(SamplerSettings.SigmaTmax) => sampler.Traits.HasChurn,
        nameof(SamplerSettings.SigmaNoise) => sampler.Traits.ScalesNoise,
        nameof(SamplerSettings.UniPcVariant) or nameof(SamplerSettings.UniPcOrder) or nameof(SamplerSettings.UniPcLowerOrderFinal) =>
            sampler is UniPcSampler,
        nameof(NoiseSettings.EtaNoiseSeedDelta) => sampler.Traits.UsesEnsd,
        nameof(SamplerSettings.DiscardNextToLastSigma) => !sampler.Traits.DiscardsNextToLastSigma && sampler is not DpmSolverSampler,

        // A sampler that strides by itself takes the table's ends alone.
        nameof(SamplerSettings.ScheduleRho) => schedule.DefaultRho is not null && sampler is not DpmSolverSampler,
        nameof(SamplerSettings.ScheduleSigmaMin) or nameof(SamplerSettings.ScheduleSigmaMax) => schedule.HasRange,
        nameof(SamplerSettings.BetaAlpha) or nameof(SamplerSettings.BetaBeta) => schedule is BetaSchedule && sampler is not DpmSolverSampler,
        nameof(SamplerSettings.DropLastCall) => schedule is DdimSchedule,
        nameof(SamplerSettings.UniPcSkip) => schedule is UniPcSchedule,
        _ => true,
    };
}
