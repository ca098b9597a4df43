using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Samplers;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The walk from noise to picture, by the engine's own sampler or by that of an extension.</summary>
internal static class SampleStage
{
    /// <summary>The last state.</summary>
    /// <param name="hooks">The hooks.</param>
    /// <param name="plan">Names the sampler and whose it is.</param>
    /// <param name="run">What the sampler is given.</param>
    /// <param name="cancellationToken">Ends the walk within one model call.</param>
    /// <exception cref="HookException">The sampler of an extension failed.</exception>
    public static Task<double[]> RunAsync(HookRun hooks, SamplingPlan plan, SamplerRun run, CancellationToken cancellationToken)
    {
        if (plan.SamplerOwner is not { } owner)
        {
            return plan.Sampler.SampleAsync(run, cancellationToken);
        }

        // Options that are out of range are no fault of the sampler.
        run.Options.Validate();
        var walk = new HookWalk();
        var watched = run with
        {
            Denoise = (x, call, stop) => hooks.InsideAsync(owner, walk, () => run.Denoise(x, call, stop)),
            AfterStep = (step, stop) =>
            {
                walk.Step = Math.Min(step.Index + 1, step.Count - 1);
                return hooks.InsideAsync(owner, walk, () => run.AfterStep(step, stop));
            },
            Report = what => hooks.Report(owner, what),
        };
        return hooks.WalkAsync(owner, walk, () => plan.Sampler.SampleAsync(watched, cancellationToken));
    }
}
