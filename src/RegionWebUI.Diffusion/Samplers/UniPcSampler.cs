using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// UniPC on the data prediction, Algorithms 7 and 8 of Zhao et al. (2023), in x = z / sqrt(abar): each step first refines its own
/// start with the model call made there (UniC), then predicts the next state (UniP).
/// </summary>
internal sealed class UniPcSampler() : Sampler(new SamplerTraits("UniPC", "unipc") { OwnSchedule = new UniPcSchedule(), StartsAtZ = true })
{
    /// <inheritdoc/>
    public override int FewestSteps(SamplerOptions options) => options.UniPcOrder;

    /// <summary>
    /// As in A1111 a run from a picture does not walk the end of the whole table but one of its own, of as many strides as are left, from
    /// the timestep that DDIM would first ask the model at. What lies above it stays, so that steps are counted as everywhere.
    /// </summary>
    /// <inheritdoc/>
    public override double[] Sigmas(NoiseSchedule noise, ScheduleRequest request)
    {
        var whole = base.Sigmas(noise, request);
        if (request.Encoded is not { } encoded || ScheduleCatalog.Resolve(request.Name, OwnSchedule) != OwnSchedule)
        {
            return whole;
        }

        var strides = Math.Max(encoded, 1);
        var start = DdimSchedule.Timesteps(request.Steps + (request.Options.DiscardNextToLastSigma ? 1 : 0), noise.Count)[strides - 1];
        return [.. whole[..Math.Max(request.Steps - strides - 1, 0)], .. UniPcSchedule.From(start, strides, request.Options.UniPcSkip, noise)];
    }

    /// <inheritdoc/>
    public override double Timestep(NoiseSchedule noise, double sigma) => noise.TByLogAlpha(sigma);

    /// <inheritdoc/>
    protected override async Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        var (x, order) = (run.X, 0);
        List<UniPcPrediction> past = [];
        for (var i = 0; i < run.Steps; i++)
        {
            var (sigma, sigmaNext) = (run.Sigmas[i], run.Sigmas[i + 1]);
            var denoised = await DenoiseAsync(run, x, i, sigma, cancellationToken).ConfigureAwait(false);
            var now = new UniPcPrediction(sigma, denoised);
            var corrected = x;
            if (i > 0)
            {
                // What the corrector adds and the predictor had added, so that a state replaced in between stays replaced.
                var predictor = UniPcResidual.Terms(past.Take(order), sigma, null, run.Options.UniPcVariant);
                var corrector = UniPcResidual.Terms(past.Take(order), sigma, now, run.Options.UniPcVariant);
                corrected = StepMath.Sum([(1, x), .. corrector, .. predictor.Select(term => (-term.Scale, term.State))]);
            }

            past = [now, .. past.Take(run.Options.UniPcOrder - 1)];
            order = Order(run, i);
            var terms = UniPcResidual.Terms(past.Take(order), sigmaNext, null, run.Options.UniPcVariant);
            x = StepMath.Sum([(1, StepMath.Toward(denoised, corrected, sigma, sigmaNext)), .. terms]);
            x = await run.AfterStep(new SamplerStep(run.Stride(i), x, denoised) { Corrected = corrected }, cancellationToken).ConfigureAwait(false);
        }

        return x;
    }

    // The order grows with the past; towards the end it falls again, and at sigma 0, where lambda is endless, only the first is left.
    private static int Order(SamplerRun run, int i)
    {
        var most = run.Options.UniPcOrder;
        var order = i + 1 < most || !run.Options.UniPcLowerOrderFinal ? Math.Min(most, i + 1) : Math.Min(most, run.Steps - i);
        return run.Sigmas[i + 1] == 0 ? 1 : order;
    }
}
