namespace RegionWebUI.Diffusion.Samplers;

/// <summary>Where in a run a model call stands.</summary>
/// <param name="StepIndex">Sampler step, from 0.</param>
/// <param name="StepCount">Steps of the run.</param>
/// <param name="CallIndex">Model call of the whole run, from 0.</param>
/// <param name="Sigma">Noise level of the state that is handed over.</param>
/// <param name="SigmaNext">Noise level the step ends at.</param>
internal readonly record struct SamplerCall(int StepIndex, int StepCount, int CallIndex, double Sigma, double SigmaNext);
