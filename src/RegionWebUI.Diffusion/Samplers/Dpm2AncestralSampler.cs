using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>DPM2 down to sigma_down and fresh noise after it: k-diffusion's <c>sample_dpm_2_ancestral</c>.</summary>
internal sealed class Dpm2AncestralSampler : Sampler
{
    private const double DefaultEta = 1;

    /// <inheritdoc/>
    public override string Name => "DPM2 a";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["k_dpm_2_a"];

    /// <inheritdoc/>
    public override Schedule OwnSchedule { get; } = new KarrasSchedule();

    /// <inheritdoc/>
    public override int CallsPerStep => 2;

    /// <inheritdoc/>
    public override bool DiscardsNextToLastSigma => true;

    /// <inheritdoc/>
    public override bool UsesEnsd => true;

    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var eta = run.Options.Eta ?? DefaultEta;
        var x = run.X;
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var (sigmaDown, sigmaUp) = StepMath.Ancestral(sigma, sigmaNext, eta);
            if (sigmaDown == 0)
            {
                x = denoised;
            }
            else
            {
                var sigmaMid = Math.Sqrt(sigma * sigmaDown);
                var u = StepMath.Sum((1, x), (sigmaMid - sigma, StepMath.ToD(x, sigma, denoised)));
                var denoised2 = await DenoiseAsync(run, u, i, sigmaMid, cancellationToken).ConfigureAwait(false);
                var d = StepMath.ToD(u, sigmaMid, denoised2);
                x = StepMath.Sum((1, x), (sigmaDown - sigma, d), (run.Options.SNoise * sigmaUp, run.Noise()));
            }

            x = await AfterStepAsync(run, x, i, denoised, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }
}
