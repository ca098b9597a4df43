using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// SDE-DPM-Solver++ of third order over three steps: k-diffusion's <c>sample_dpmpp_3m_sde</c>. The data prediction is a parabola
/// through the last three; phi_2 and phi_3 are its integrals (Lu et al. 2022, DPM-Solver, Appendix B).
/// </summary>
internal sealed class DpmPlusPlus3MSdeSampler() : Sampler(
    new SamplerTraits("DPM++ 3M SDE", "k_dpmpp_3m_sde")
    {
        OwnSchedule = new ExponentialSchedule(),
        DefaultEta = 1,
        ScalesNoise = true,
        DiscardsNextToLastSigma = true,
        UsesBrownianNoise = true,
        FewestSteps = 2,
    })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var eta = Eta(run);
        var x = run.X;
        List<(double[] Denoised, double H)> past = [];
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
                var h = Math.Log(sigma / sigmaNext);
                var decay = Math.Exp(-h * (1 + eta));
                x = StepMath.Sum([(decay, x), (1 - decay, denoised), .. Curve(denoised, past, h, h * (1 + eta))]);
                if (eta > 0)
                {
                    var sigmaUp = sigmaNext * Math.Sqrt(1 - Math.Exp(-2 * h * eta));
                    x = StepMath.Sum((1, x), (run.Options.SNoise * sigmaUp, run.NoiseBetween(sigma, sigmaNext)));
                }

                past = [(denoised, h), .. past.Take(1)];
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    private static (double Scale, double[] State)[] Curve(double[] denoised, List<(double[] Denoised, double H)> past, double h, double hEta)
    {
        if (past.Count == 0)
        {
            return [];
        }

        var phi2 = ((Math.Exp(-hEta) - 1) / hEta) + 1;
        var phi3 = (phi2 / hEta) - 0.5;
        var r0 = past[0].H / h;
        if (past.Count == 1)
        {
            return [(phi2 / r0, denoised), (-phi2 / r0, past[0].Denoised)];
        }

        // Divided differences D1 = d0 + (d0 - d1) r0 / (r0 + r1) and D2 = (d0 - d1) / (r0 + r1), weighted phi_2 and -phi_3.
        var r1 = past[1].H / h;
        var (first, second) = (phi2, ((phi2 * r0) - phi3) / (r0 + r1));
        var (d0, d1) = ((first + second) / r0, -second / r1);
        return [(d0, denoised), (d1 - d0, past[0].Denoised), (-d1, past[1].Denoised)];
    }
}
