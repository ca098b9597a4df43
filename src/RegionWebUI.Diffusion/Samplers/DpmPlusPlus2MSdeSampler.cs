using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// SDE-DPM-Solver++(2M): Eq. (18) and (19) of Lu et al. (2022, DPM-Solver++), k-diffusion's <c>sample_dpmpp_2m_sde</c>. Eta scales
/// its noise; eta 0 is DPM++ 2M.
/// </summary>
/// <param name="traits">What is to be known of it beside its algorithm.</param>
internal class DpmPlusPlus2MSdeSampler(SamplerTraits traits) : Sampler(traits)
{
    /// <summary>With the slope at the midpoint.</summary>
    public DpmPlusPlus2MSdeSampler()
        : this(Of("DPM++ 2M SDE", "k_dpmpp_2m_sde"))
    {
    }

    /// <summary>What this family has in common.</summary>
    protected static SamplerTraits Of(string name, string alias) => new(name, alias)
    {
        OwnSchedule = new ExponentialSchedule(),
        DefaultEta = 1,
        ScalesNoise = true,
        UsesBrownianNoise = true,
        FewestSteps = 2,
    };

    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var eta = Eta(run);
        var x = run.X;
        var (oldDenoised, oldH) = (run.X, 0.0);
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            if (sigmaNext == 0)
            {
                x = denoised;
            }
            else
            {
                // h is the stride in lambda = -ln sigma; the noise lets the state forget (1 + eta) times as fast.
                var h = Math.Log(sigma / sigmaNext);
                var decay = Math.Exp(-h * (1 + eta));
                var slope = i == 0 ? 0 : SlopeWeight(h * (1 + eta)) * h / oldH;
                x = StepMath.Sum((decay, x), (1 - decay + slope, denoised), (-slope, oldDenoised));
                if (eta > 0)
                {
                    var sigmaUp = sigmaNext * Math.Sqrt(1 - Math.Exp(-2 * h * eta));
                    x = StepMath.Sum((1, x), (run.Options.SNoise * sigmaUp, run.NoiseBetween(sigma, sigmaNext)));
                }

                (oldDenoised, oldH) = (denoised, h);
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    /// <summary>Weight of the change of the data prediction since the last step: here that of the midpoint.</summary>
    /// <param name="h">Stride in lambda times 1 + eta.</param>
    protected virtual double SlopeWeight(double h) => 0.5 * (1 - Math.Exp(-h));
}
