using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Sdk.Samplers;

/// <summary>
/// A run as its sampler sees it. A state holds all lanes end to end, in k-diffusion's currency x = z / sqrt(abar) = x0 + sigma eps
/// (Karras et al. 2022), so that only noise levels matter. Arrays that the context gives are the sampler's own to write into; those it hands
/// over are read until the call has ended, and not afterwards. One call at a time.
/// </summary>
/// <remarks>
/// What the run throws into a call, a cancellation or an error of a hook, goes up; whatever else leaves the sampler, and what breaks the
/// rules below, ends the job with a sentence that names the extension, since there is no picture without its sampler.
/// </remarks>
public abstract class SamplerContext : HookContext
{
    /// <summary>What was asked for, and the extension's parameters.</summary>
    public abstract IRun Run { get; }

    /// <summary>
    /// Noise levels of the run, falling, one more than there are steps. Step i leads from <c>Sigmas[i]</c> to <c>Sigmas[i + 1]</c>; the last
    /// is 0 for nearly every schedule. A run that starts from a picture has the lower part of its schedule.
    /// </summary>
    public abstract IReadOnlyList<double> Sigmas { get; }

    /// <summary>Steps of the run, at least 1.</summary>
    public int Steps => Sigmas.Count - 1;

    /// <summary>The start, at noise level <c>Sigmas[0]</c>.</summary>
    public abstract double[] X { get; }

    /// <summary>Share of fresh noise in each step that was asked for, 0..1; null leaves it to the sampler.</summary>
    public abstract double? Eta { get; }

    /// <summary>
    /// The denoiser D(x, sigma): the x0 that the model predicts, after guidance and all hooks; eps is (x - D) / sigma. A multistep
    /// sampler's history of it is therefore guided too.
    /// </summary>
    /// <param name="x">Finite values, as many as <see cref="X"/> has, at noise level <paramref name="sigma"/>.</param>
    /// <param name="step">The step under way, as many as have ended.</param>
    /// <param name="sigma">A noise level above 0, on the table or off it.</param>
    /// <exception cref="ArgumentException">The state has another length or a value that is no number, or the step or level is none.</exception>
    /// <exception cref="InvalidOperationException">The call before has not ended, or the sampler has.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public abstract Task<double[]> DenoiseAsync(double[] x, int step, double sigma);

    /// <summary>Ends a step, once each: hooks blend, the page shows how far it is.</summary>
    /// <param name="x">The state at noise level <c>Sigmas[step + 1]</c>: finite values, as many as <see cref="X"/> has.</param>
    /// <param name="step">The step under way, as many as have ended; it has asked for the denoised state.</param>
    /// <param name="denoised">What the step's first <see cref="DenoiseAsync"/> gave: previews show it.</param>
    /// <returns>The state to go on with: a mask, for one, replaces parts of it.</returns>
    /// <inheritdoc cref="DenoiseAsync" path="/exception"/>
    public abstract Task<double[]> AfterStepAsync(double[] x, int step, double[] denoised);

    /// <summary>One draw of standard normal noise in the length of <see cref="X"/>, each lane's from its own seed.</summary>
    public abstract double[] Noise();

    /// <summary>
    /// Standard normal noise in the length of <see cref="X"/> that belongs to the way from one noise level down to another: the increment of
    /// a Brownian motion over it, divided by the root of its length. Ways that overlap share noise, so that the picture of a stochastic
    /// differential equation converges as its steps get finer.
    /// </summary>
    /// <param name="sigma">Where the way begins.</param>
    /// <param name="sigmaNext">Where it ends: less, and 0 or more.</param>
    /// <exception cref="ArgumentException">The levels do not fall.</exception>
    public abstract double[] NoiseBetween(double sigma, double sigmaNext);
}
