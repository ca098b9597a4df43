using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// An update rule from noise to picture. It knows sigmas, a denoiser and noise; nothing of models, prompts or hooks.
/// One object serves any number of runs.
/// </summary>
/// <param name="traits">What is to be known of it beside its algorithm.</param>
internal abstract class Sampler(SamplerTraits traits)
{
    /// <inheritdoc cref="SamplerTraits.Name"/>
    public string Name => Traits.Name;

    /// <inheritdoc cref="SamplerTraits.Aliases"/>
    public IReadOnlyList<string> Aliases => Traits.Aliases;

    /// <inheritdoc cref="SamplerTraits.OwnSchedule"/>
    public Schedule OwnSchedule => Traits.OwnSchedule;

    /// <summary>What is to be known of it beside its algorithm.</summary>
    public SamplerTraits Traits { get; } = traits;

    /// <summary>Fewest steps of a run that the algorithm can do with these options.</summary>
    public virtual int FewestSteps(SamplerOptions options) => Traits.FewestSteps;

    /// <summary>The noise levels of a run, falling: one more than its steps.</summary>
    /// <exception cref="BadInputException">Unknown schedule name, steps or options out of range.</exception>
    public virtual double[] Sigmas(NoiseSchedule noise, ScheduleRequest request)
    {
        var discards = request.Options.DiscardNextToLastSigma || Traits.DiscardsNextToLastSigma;
        return ScheduleCatalog.Resolve(request.Name, OwnSchedule)
            .Sigmas(request.Steps, noise, request.Options with { DiscardNextToLastSigma = discards });
    }

    /// <summary>The timestep at which the network is asked for noise level <paramref name="sigma"/>.</summary>
    public virtual double Timestep(NoiseSchedule noise, double sigma) => noise.T(sigma);

    /// <summary>Whether a row of this guidance scale needs the model's answer to the negative prompt.</summary>
    public bool RunsNegative(double cfgScale) => Traits.UsesUnguidedEps || cfgScale * Traits.GuidanceShare != 1;

    /// <summary>What standard normal noise is multiplied with to start at noise level <paramref name="sigma0"/>.</summary>
    public double StartScale(double sigma0) => Traits.StartsAtZ ? Math.Sqrt(1 + (sigma0 * sigma0)) : sigma0;

    /// <summary>Walks down all noise levels and returns the last state, at noise level Sigmas[^1].</summary>
    /// <exception cref="BadInputException">An option is out of range, or the run has too few steps.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop: no model call begins after that.</exception>
    public Task<double[]> SampleAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        run.Options.Validate();
        var fewest = FewestSteps(run.Options);
        if (run.Steps < fewest)
        {
            throw new BadInputException("Steps", $"{Name} needs at least {fewest} steps; this run has {run.Steps}.");
        }

        return WalkAsync(run, cancellationToken);
    }

    /// <summary>The algorithm, for checked options.</summary>
    protected abstract Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken);

    /// <summary>Share of fresh noise in each step of the run.</summary>
    protected double Eta(SamplerRun run) => run.Options.Eta ?? Traits.DefaultEta ?? 0;

    /// <summary>D(x, sigma) in step <paramref name="i"/> of the table.</summary>
    protected static Task<double[]> DenoiseAsync(SamplerRun run, double[] x, int i, double sigma, CancellationToken cancellationToken) =>
        DenoiseAsync(run, x, run.Stride(i), sigma, cancellationToken);

    /// <summary>D(x, sigma) in a step off the table.</summary>
    protected static Task<double[]> DenoiseAsync(
        SamplerRun run, double[] x, SamplerStride stride, double sigma, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var where = new SamplerCall(stride.Index, stride.Count, run.NextCall(), sigma, stride.SigmaNext);
        return run.Denoise(x, where, cancellationToken);
    }

    /// <summary>Ends step <paramref name="i"/> of the table; the state to go on with.</summary>
    protected static Task<double[]> AfterStepAsync(SamplerRun run, double[] x, int i, double[] denoised, CancellationToken cancellationToken) =>
        AfterStepAsync(run, x, run.Stride(i), denoised, cancellationToken);

    /// <summary>Ends a step off the table; the state to go on with.</summary>
    protected static Task<double[]> AfterStepAsync(
        SamplerRun run, double[] x, SamplerStride stride, double[] denoised, CancellationToken cancellationToken) =>
        run.AfterStep(new SamplerStep(stride, x, denoised), cancellationToken);
}
