using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// Multistep consistency sampling, Algorithm 3 of Luo et al. (2023, Latent Consistency Models): each step predicts the picture and
/// noises it to the next level. The model knows 50 timesteps; it is asked at the nearest.
/// </summary>
internal sealed class LcmSampler() : Sampler(new SamplerTraits("LCM", "k_lcm"))
{
    private const int KnownTimesteps = 50;

    /// <inheritdoc/>
    public override double[] Sigmas(NoiseSchedule noise, ScheduleRequest request) => base.Sigmas(noise.EveryNth(Stride(noise)), request);

    /// <inheritdoc/>
    public override double Timestep(NoiseSchedule noise, double sigma)
    {
        var stride = Stride(noise);
        return noise.Count - 1 - ((KnownTimesteps - 1 - noise.EveryNth(stride).QuantizedT(sigma)) * stride);
    }

    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var (cSkip, cOut) = BoundaryScalings(Timestep(run.Training, sigma));
            x = StepMath.Sum((cOut, denoised), (cSkip, x));
            if (sigmaNext > 0)
            {
                x = StepMath.Sum((1, x), (sigmaNext, run.Noise()));
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    // Luo et al. (2023), Section 4.1: the consistency function is the identity at t = 0. Sigma_data is 0.5, t is scaled by 10.
    private static (double CSkip, double COut) BoundaryScalings(double t)
    {
        const double sigmaData = 0.5;
        var scaled = 10 * t;
        var sum = (scaled * scaled) + (sigmaData * sigmaData);
        return (sigmaData * sigmaData / sum, scaled / Math.Sqrt(sum));
    }

    private static int Stride(NoiseSchedule noise) => Math.Max(noise.Count / KnownTimesteps, 1);
}
