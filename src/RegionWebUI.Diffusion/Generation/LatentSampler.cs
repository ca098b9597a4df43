using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>From seeds and conditioning to finished latents: start, sampler, and after every step the blend and a look.</summary>
internal sealed class LatentSampler(IUNet unet, NoiseSchedule noise)
{
    /// <summary>Runs the sampler over all lanes.</summary>
    /// <param name="plan">Lanes, seeds, conditioning and sampler.</param>
    /// <param name="hooks">What extensions hooked.</param>
    /// <param name="networks">The networks hooks may use.</param>
    /// <param name="afterStep">Sees every step after all hooks, with what the run began with; it cannot change the run.</param>
    /// <param name="cancellationToken">Ends the run within one model call.</param>
    public async Task<FinishedLanes> SampleAsync(
        SamplingPlan plan, HookRun hooks, INetworks networks, Action<LaneStart, SamplerStep> afterStep, CancellationToken cancellationToken)
    {
        var schedule = plan.Sampler.Sigmas(noise, Request(plan));
        var start = await StartStage.RunAsync(hooks, plan, schedule, networks).ConfigureAwait(false);
        var layout = start.Layout;
        var clock = new StepClock(sigma => plan.Sampler.Timestep(noise, sigma));
        var batcher = new RowBatcher(unet, layout) { IsAlwaysGuided = plan.Sampler.Traits.UsesUnguidedEps };
        var denoiser = new Denoiser(batcher, layout, clock, plan.Prompts.RowsOf(layout), hooks, networks) { Sampler = plan.Sampler.Traits };
        var x = await SampleStage.RunAsync(
            hooks,
            plan,
            new SamplerRun
            {
                Sigmas = start.Sigmas,
                X = start.X,
                Denoise = denoiser.DenoiseAsync,
                Noise = start.Noise.Draw,
                NoiseBetween = start.Noise.Between,
                UnguidedEps = denoiser.UnguidedEps,
                Training = noise,
                Options = SettingsMapping.SamplerOptions(plan.SamplerSettings),
                AfterStep = (step, _) =>
                {
                    var blended = BlendStage.Run(hooks, clock.After(step), layout, step.X, step.Denoised);
                    afterStep(start, step with { X = blended });
                    return Task.FromResult(blended);
                },
            },
            cancellationToken).ConfigureAwait(false);
        var toZ = Math.Sqrt(NoiseSchedule.AlphaBarOf(start.Sigmas[^1]));
        return new FinishedLanes(start, Array.ConvertAll(x, value => value * toZ));
    }

    private static ScheduleRequest Request(SamplingPlan plan) => new(plan.Steps, plan.Schedule)
    {
        Options = SettingsMapping.ScheduleOptions(plan.SamplerSettings),
        Encoded = plan.Encoded,
    };
}
