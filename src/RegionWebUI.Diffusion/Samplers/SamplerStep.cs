namespace RegionWebUI.Diffusion.Samplers;

/// <summary>A step that is done.</summary>
/// <param name="Stride">Which step it was.</param>
/// <param name="X">State after the step, at noise level <see cref="SigmaNext"/>.</param>
/// <param name="Denoised">x0 as predicted by the first model call of the step.</param>
internal readonly record struct SamplerStep(SamplerStride Stride, double[] X, double[] Denoised)
{
    /// <summary>The state that the step set out from, where a corrector refined it after the model saw it; else null.</summary>
    public double[]? Corrected { get; init; }

    /// <summary>Sampler step, from 0.</summary>
    public int Index => Stride.Index;

    /// <summary>Steps of the run.</summary>
    public int Count => Stride.Count;

    /// <summary>Noise level the step began at.</summary>
    public double Sigma => Stride.Sigma;

    /// <summary>Noise level the step ended at; the last is 0 for most schedules, the model's lowest for DDIM's own.</summary>
    public double SigmaNext => Stride.SigmaNext;
}
