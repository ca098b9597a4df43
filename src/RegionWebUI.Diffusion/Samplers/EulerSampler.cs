namespace RegionWebUI.Diffusion.Samplers;

/// <summary>Algorithm 2 of Karras et al. (2022) with Euler steps.</summary>
internal sealed class EulerSampler() : Sampler(new SamplerTraits("Euler", "k_euler") { HasChurn = true, ScalesNoise = true })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            (x, var sigmaHat) = StepMath.Churn(run, x, run.Sigmas[i]);
            var denoised = await DenoiseAsync(run, x, i, sigmaHat, cancellationToken).ConfigureAwait(false);
            var d = StepMath.ToD(x, sigmaHat, denoised);
            var dt = run.Sigmas[i + 1] - sigmaHat;
            x = StepMath.Sum((1, x), (dt, d));
            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
