namespace RegionWebUI.Diffusion.Samplers;

/// <summary>Algorithm 2 of Karras et al. (2022): an Euler step, corrected by the slope at its end.</summary>
internal sealed class HeunSampler() : Sampler(new SamplerTraits("Heun", "k_heun") { CallsPerStep = 2, HasChurn = true, ScalesNoise = true })
{
    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            var sigmaNext = run.Sigmas[i + 1];
            (x, var sigmaHat) = StepMath.Churn(run, x, run.Sigmas[i]);
            var denoised = await DenoiseAsync(run, x, i, sigmaHat, cancellationToken).ConfigureAwait(false);
            var d = StepMath.ToD(x, sigmaHat, denoised);
            var dt = sigmaNext - sigmaHat;
            var euler = StepMath.Sum((1, x), (dt, d));

            // At sigma 0 the slope is not defined: the step stays Euler's.
            if (sigmaNext == 0)
            {
                x = euler;
            }
            else
            {
                var denoised2 = await DenoiseAsync(run, euler, i, sigmaNext, cancellationToken).ConfigureAwait(false);
                var dPrime = StepMath.ToD(euler, sigmaNext, denoised2);
                x = StepMath.Sum((1, x), (dt / 2, d), (dt / 2, dPrime));
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
