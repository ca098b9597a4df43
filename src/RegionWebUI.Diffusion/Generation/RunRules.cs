using System.Globalization;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Names what makes a run impossible though each value of its request is legal by itself.</summary>
internal static class RunRules
{
    private const int MostScheduleSteps = 1000;

    /// <summary>The first problem of a request whose values are legal each by itself; null when it can run.</summary>
    public static RequestProblem? Of(GenerationRequest request)
    {
        if (SamplerCatalog.Find(request.Sampler) is not { } sampler
            || !ScheduleCatalog.Names.Contains(request.Schedule, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        return Exact(request) ?? Range(request) ?? Table(request, sampler);
    }

    private static RequestProblem? Exact(GenerationRequest request)
    {
        if (SettingsMapping.FromPicture(request) is not { ScheduleSteps: < 1 or > MostScheduleSteps })
        {
            return null;
        }

        var least = Math.Ceiling(1000.0 * request.Steps / MostScheduleSteps) / 1000;
        return new(nameof(request.Strength), string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Steps} exact steps need a denoising strength from {least} to 1, not {request.Strength}."));
    }

    private static RequestProblem? Range(GenerationRequest request)
    {
        var (min, max) = (request.SamplerSettings.ScheduleSigmaMin, request.SamplerSettings.ScheduleSigmaMax);
        return min > 0 && max > 0 && min >= max && SettingsUse.IsUsed(request, nameof(request.SamplerSettings.ScheduleSigmaMin))
            ? new(nameof(request.SamplerSettings.ScheduleSigmaMin), string.Create(
                CultureInfo.InvariantCulture, $"Schedule min sigma must be below schedule max sigma {max}, not {min}."))
            : null;
    }

    // The table is made on trial, over the noise levels that every Stable Diffusion checkpoint was trained with: no model is loaded yet.
    private static RequestProblem? Table(GenerationRequest request, Sampler sampler)
    {
        var start = SettingsMapping.FromPicture(request);
        var schedule = new ScheduleRequest(start?.ScheduleSteps ?? request.Steps, request.Schedule)
        {
            Options = SettingsMapping.ScheduleOptions(request.SamplerSettings),
            Encoded = start?.Encoded,
        };
        try
        {
            var steps = sampler.Sigmas(NoiseSchedule.StableDiffusion, schedule).Length - 1;
            var walked = steps - Math.Max(Math.Min(start?.FirstStep ?? 0, steps - 1), 0);
            var fewest = Math.Max(sampler.FewestSteps(SettingsMapping.SamplerOptions(request.SamplerSettings)), 1);
            return walked >= fewest
                ? null
                : new(nameof(request.Steps), FormattableString.Invariant(
                    $"{sampler.Name} needs at least {fewest} step{(fewest == 1 ? "" : "s")} with these settings; this run has {walked}."));
        }
        catch (BadInputException refused)
        {
            return new(refused.Field, refused.Message);
        }
    }
}
