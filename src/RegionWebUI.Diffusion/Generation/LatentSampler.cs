using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>From seeds and conditioning to finished latents: start noise, sampler, and a look at every step.</summary>
internal sealed class LatentSampler(IUNet unet, NoiseSchedule noise)
{
    /// <summary>Runs the sampler over all lanes.</summary>
    /// <param name="plan">Lanes, seeds, conditioning and sampler.</param>
    /// <param name="afterStep">Sees every step, x0 in the UNet's scale; it cannot change the run.</param>
    /// <param name="cancellationToken">Ends the run within one model call.</param>
    /// <returns>z of all lanes, end to end, in the UNet's scale.</returns>
    public async Task<double[]> SampleAsync(SamplingPlan plan, Action<SamplerStep> afterStep, CancellationToken cancellationToken)
    {
        var layout = plan.Layout;
        var sigmas = plan.Sampler.Sigmas(noise, new ScheduleRequest(plan.Steps, plan.Schedule));
        var draws = new LaneNoise([.. plan.Seeds.Select(seed => new TorchCpuGenerator(seed))], layout.LaneSize);
        var scale = plan.Sampler.StartScale(sigmas[0]);
        var rows = layout.Lanes.Select(lane => new DenoiseRow(lane.Name, lane, layout.WholeFrame, plan.Positive, plan.Negative, plan.CfgScale));
        var denoiser = new Denoiser(new RowBatcher(unet, layout), layout, noise, [.. rows]);
        var x = await plan.Sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sigmas,
                X = Array.ConvertAll(draws.Draw(), value => value * scale),
                Denoise = denoiser.DenoiseAsync,
                Noise = draws.Draw,
                AfterStep = (step, _) =>
                {
                    afterStep(step);
                    return Task.FromResult(step.X);
                },
            },
            cancellationToken).ConfigureAwait(false);
        var toZ = Math.Sqrt(NoiseSchedule.AlphaBarOf(sigmas[^1]));
        return Array.ConvertAll(x, value => value * toZ);
    }
}
