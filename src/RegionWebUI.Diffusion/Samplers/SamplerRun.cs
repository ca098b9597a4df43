using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>
/// What a sampler is given: a start, a way down and the functions it may call. The state is any number of lanes end to end
/// in k-diffusion's currency x = z / sqrt(abar). Samplers never write into an array they were given or have handed over.
/// It serves one walk: it counts the model calls.
/// </summary>
internal sealed record SamplerRun
{
    private int _calls;

    /// <summary>Falling noise levels, one more than there are steps.</summary>
    public required IReadOnlyList<double> Sigmas { get; init; }

    /// <summary>The start, at noise level Sigmas[0].</summary>
    public required double[] X { get; init; }

    /// <summary>The denoiser D(x, sigma): the x0 it predicts, in the size of the state.</summary>
    public required Func<double[], SamplerCall, CancellationToken, Task<double[]>> Denoise { get; init; }

    /// <summary>One draw of standard normal noise in the size of the state. Not called by deterministic samplers.</summary>
    public required Func<double[]> Noise { get; init; }

    /// <summary>
    /// Standard normal noise in the size of the state that belongs to the way from one noise level down to another: the increment of
    /// a Brownian motion over it, divided by the root of its length. Ways that overlap share noise. Only samplers whose
    /// <see cref="SamplerTraits.UsesBrownianNoise"/> is set call it.
    /// </summary>
    public required Func<double, double, double[]> NoiseBetween { get; init; }

    /// <summary>
    /// The eps of the last model call under the negative prompt alone, without guidance, in the size of the state. Only samplers whose
    /// <see cref="SamplerTraits.UsesUnguidedEps"/> is set call it. Null for a denoiser without guidance, whose own eps it is.
    /// </summary>
    public Func<double[]>? UnguidedEps { get; init; }

    /// <summary>How the model was noised in training: for samplers that reckon in timesteps.</summary>
    public NoiseSchedule Training { get; init; } = NoiseSchedule.StableDiffusion;

    /// <summary>Sees each step and returns the state to go on with: a blend replaces it, a preview only looks.</summary>
    public Func<SamplerStep, CancellationToken, Task<double[]>> AfterStep { get; init; } = (step, _) => Task.FromResult(step.X);

    /// <summary>Shows what a sampler says it does.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>The sampler's settings.</summary>
    public SamplerOptions Options { get; init; } = new();

    /// <summary>Steps of the table. A sampler with a way of its own may make fewer or more.</summary>
    public int Steps => Sigmas.Count - 1;

    /// <summary>Step <paramref name="i"/> of the table.</summary>
    public SamplerStride Stride(int i) => new(i, Steps, Sigmas[i], Sigmas[i + 1]);

    /// <summary>Numbers the next model call, from 0.</summary>
    public int NextCall() => _calls++;
}
