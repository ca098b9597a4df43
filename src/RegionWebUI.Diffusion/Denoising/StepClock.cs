using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>Where model calls and steps of a run stand, as hooks are told.</summary>
/// <param name="timestep">At which timestep the network is asked for a noise level.</param>
internal sealed class StepClock(Func<double, double> timestep)
{
    private int _call;
    private double _alphaBarBefore = 1;

    /// <summary>A model call that is about to be made.</summary>
    public StepInfo At(SamplerCall call)
    {
        _call = call.CallIndex;
        return Describe(call.StepIndex, call.StepCount, call.Sigma, call.SigmaNext);
    }

    /// <summary>A step that has just ended; its call is the last one made.</summary>
    public StepInfo After(SamplerStep step)
    {
        var info = Describe(step.Index, step.Count, step.Sigma, step.SigmaNext);
        _alphaBarBefore = info.AlphaBar;
        return info;
    }

    private StepInfo Describe(int index, int count, double sigma, double sigmaNext)
    {
        var (alphaBar, alphaBarNext) = (NoiseSchedule.AlphaBarOf(sigma), NoiseSchedule.AlphaBarOf(sigmaNext));
        return new StepInfo(
            index, count, _call, timestep(sigma), sigma, sigmaNext, alphaBar, alphaBarNext, Variance(index, count, alphaBar, alphaBarNext));
    }

    private double Variance(int index, int count, double alphaBar, double alphaBarNext)
    {
        if (index < count - 1 || index == 0)
        {
            return 1 - (alphaBar / alphaBarNext);
        }

        // Ho et al. (2020), Eq. (7), of the step before, as guided-diffusion's "fixed large" has it for the last one.
        return (1 - alphaBar) / (1 - _alphaBarBefore) * (1 - (_alphaBarBefore / alphaBar));
    }
}
