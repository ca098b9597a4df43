namespace RegionWebUI.Sdk;

/// <summary>Where in a run a model call stands.</summary>
/// <param name="Index">Sampler step, from 0.</param>
/// <param name="Count">Sampler steps of the whole run.</param>
/// <param name="Call">Model call of the whole run, from 0; second-order samplers call more than once in a step.</param>
/// <param name="T">Timestep handed to the UNet, 0..999, fractional for samplers that work in sigma.</param>
/// <param name="Sigma">Noise level of this call: sqrt((1 - abar) / abar).</param>
/// <param name="SigmaNext">Noise level the step ends at; 0 at the end of most samplers.</param>
/// <param name="AlphaBar">abar = 1 / (1 + sigma^2) of this call.</param>
/// <param name="AlphaBarNext">abar at the end of the step.</param>
/// <param name="Variance">
/// Variance of the ancestral (DDPM) step from <paramref name="AlphaBar"/> to <paramref name="AlphaBarNext"/>, "fixed large":
/// 1 - abar / abar_next (Ho et al. 2020, section 3.2), and at the last step the posterior variance of the step before it, as
/// guided-diffusion has it.
/// </param>
public readonly record struct StepInfo(
    int Index,
    int Count,
    int Call,
    double T,
    double Sigma,
    double SigmaNext,
    double AlphaBar,
    double AlphaBarNext,
    double Variance)
{
    /// <summary>Whether this is the last step of the run.</summary>
    public bool IsLast => Index == Count - 1;
}
