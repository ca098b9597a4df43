namespace RegionWebUI.Diffusion.Samplers;

/// <summary>A step that is done.</summary>
/// <param name="Index">Sampler step, from 0.</param>
/// <param name="Count">Steps of the run.</param>
/// <param name="X">State after the step, at noise level <paramref name="SigmaNext"/>.</param>
/// <param name="SigmaNext">Noise level the step ended at; the last is 0 for most schedules, the model's lowest for DDIM's own.</param>
/// <param name="Denoised">x0 as predicted by the first model call of the step.</param>
internal readonly record struct SamplerStep(int Index, int Count, double[] X, double SigmaNext, double[] Denoised);
