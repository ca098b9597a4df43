using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>A hook of every kind that does nothing of its own; <paramref name="before"/> is called first and may throw.</summary>
/// <param name="before">Takes the stage and the step, -1 outside the steps; a task that fails is an asynchronous failure.</param>
internal sealed class EveryHook(Func<HookKind, int, Task> before)
    : IStartHook, IPlanHook, ICombineHook, IFuseHook, IGuideHook, IBlendHook, IImageHook
{
    public Task StartAsync(StartContext c) => before(HookKind.Start, -1);

    public void Plan(PlanContext c) => Now(before(HookKind.Plan, c.Step.Index));

    public Latent Combine(CombineContext c, Func<Latent> next)
    {
        Now(before(HookKind.Combine, c.Step.Index));
        return next();
    }

    public Latent Fuse(FuseContext c, Func<Latent> next)
    {
        Now(before(HookKind.Fuse, c.Step.Index));
        return next();
    }

    public Task GuideAsync(GuideContext c) => before(HookKind.Guide, c.Step.Index);

    public void Blend(BlendContext c) => Now(before(HookKind.Blend, c.Step.Index));

    public Task ImageAsync(ImageContext c) => before(HookKind.Image, -1);

    private static void Now(Task task) => task.GetAwaiter().GetResult();
}
