using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// An update rule from noise to picture. It knows sigmas, a denoiser and noise; nothing of models, prompts or hooks.
/// One object serves any number of runs.
/// </summary>
internal abstract class Sampler
{
    /// <summary>The name A1111 shows and writes into the infotext.</summary>
    public abstract string Name { get; }

    /// <summary>Further names that A1111 takes.</summary>
    public abstract IReadOnlyList<string> Aliases { get; }

    /// <summary>What the schedule "Automatic" means for this sampler.</summary>
    public virtual Schedule OwnSchedule { get; } = new UniformSchedule();

    /// <summary>Model calls of one step; the last step may make fewer.</summary>
    public virtual int CallsPerStep => 1;

    /// <summary>The noise levels of a run; its model steps are one fewer, which may differ from the steps asked (see DDIM's own schedule).</summary>
    /// <exception cref="BadInputException">Unknown schedule name, steps or options out of range.</exception>
    public double[] Sigmas(NoiseSchedule noise, ScheduleRequest request) =>
        ScheduleCatalog.Resolve(request.Name, OwnSchedule).Sigmas(request.Steps, noise, request.Options);

    /// <summary>What standard normal noise is multiplied with to start at noise level <paramref name="sigma0"/>.</summary>
    public virtual double StartScale(double sigma0) => sigma0;

    /// <summary>Walks down all noise levels and returns the last state, at noise level Sigmas[^1].</summary>
    /// <exception cref="BadInputException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop: no model call begins after that.</exception>
    public Task<double[]> SampleAsync(SamplerRun run, CancellationToken cancellationToken)
    {
        run.Options.Validate();
        return WalkAsync(run, cancellationToken);
    }

    /// <summary>The algorithm, for checked options.</summary>
    protected abstract Task<double[]> WalkAsync(SamplerRun run, CancellationToken cancellationToken);

    /// <summary>D(x, sigma) in step <paramref name="i"/>; <paramref name="call"/> counts the calls of the step.</summary>
    protected Task<double[]> DenoiseAsync(SamplerRun run, double[] x, int i, double sigma, CancellationToken cancellationToken, int call = 0)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var where = new SamplerCall(i, run.Steps, (i * CallsPerStep) + call, sigma, run.Sigmas[i + 1]);
        return run.Denoise(x, where, cancellationToken);
    }

    /// <summary>Ends step <paramref name="i"/>; the state to go on with.</summary>
    protected static Task<double[]> AfterStepAsync(SamplerRun run, double[] x, int i, double[] denoised, CancellationToken cancellationToken) =>
        run.AfterStep(new SamplerStep(i, run.Steps, x, run.Sigmas[i + 1], denoised), cancellationToken);
}
