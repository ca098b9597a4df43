namespace RegionWebUI.Diffusion.Samplers;

/// <summary>Euler steps with fresh noise in each: k-diffusion's ancestral sampling. Eta 0 is Euler.</summary>
internal sealed class EulerAncestralSampler() : Sampler(
    new SamplerTraits("Euler a", "k_euler_a", "k_euler_ancestral") { DefaultEta = 1, ScalesNoise = true, UsesEnsd = true })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var eta = Eta(run);
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var (sigmaDown, sigmaUp) = StepMath.Ancestral(sigma, sigmaNext, eta);
            var d = StepMath.ToD(x, sigma, denoised);
            var dt = sigmaDown - sigma;
            x = StepMath.Sum((1, x), (dt, d));
            if (sigmaNext > 0)
            {
                x = StepMath.Sum((1, x), (run.Options.SNoise * sigmaUp, run.Noise()));
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
