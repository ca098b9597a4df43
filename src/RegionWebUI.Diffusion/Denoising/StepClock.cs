using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>Where model calls and steps of a run stand, as hooks are told.</summary>
/// <param name="sigmas">Noise levels of the run, falling: one more than its steps.</param>
/// <param name="noise">Timesteps of noise levels.</param>
internal sealed class StepClock(IReadOnlyList<double> sigmas, NoiseSchedule noise)
{
    private int _call;

    /// <summary>A model call that is about to be made.</summary>
    public StepInfo At(SamplerCall call)
    {
        _call = call.CallIndex;
        return Describe(call.StepIndex, call.StepCount, call.Sigma, call.SigmaNext);
    }

    /// <summary>A step that has just ended; its call is the last one made.</summary>
    public StepInfo After(SamplerStep step) => Describe(step.Index, step.Count, sigmas[step.Index], step.SigmaNext);

    private StepInfo Describe(int index, int count, double sigma, double sigmaNext)
    {
        var (alphaBar, alphaBarNext) = (NoiseSchedule.AlphaBarOf(sigma), NoiseSchedule.AlphaBarOf(sigmaNext));
        return new StepInfo(
            index, count, _call, noise.T(sigma), sigma, sigmaNext, alphaBar, alphaBarNext, Variance(index, count, alphaBar, alphaBarNext));
    }

    private double Variance(int index, int count, double alphaBar, double alphaBarNext)
    {
        if (index < count - 1 || index == 0)
        {
            return 1 - (alphaBar / alphaBarNext);
        }

        // Ho et al. (2020), Eq. (7), of the step before, as guided-diffusion's "fixed large" has it for the last one.
        var before = NoiseSchedule.AlphaBarOf(sigmas[index - 1]);
        return (1 - alphaBar) / (1 - before) * (1 - (before / alphaBar));
    }
}
