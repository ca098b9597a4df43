namespace RegionWebUI.Diffusion.Samplers;

/// <summary>One step of a run, as it is planned: from where to where.</summary>
/// <param name="Index">Sampler step, from 0.</param>
/// <param name="Count">Steps of the run; the last has index Count - 1.</param>
/// <param name="Sigma">Noise level the step begins at.</param>
/// <param name="SigmaNext">Noise level the step ends at.</param>
internal readonly record struct SamplerStride(int Index, int Count, double Sigma, double SigmaNext);
