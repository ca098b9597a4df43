using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>Hooks out of functions.</summary>
internal static class Hook
{
    public static IHook Start(Action<StartContext> act) => new StartHook(act);

    public static IHook Plan(Action<PlanContext> act) => new PlanHook(act);

    public static IHook Combine(Func<CombineContext, Func<Latent>, Latent> act) => new CombineHook(act);

    public static IHook Fuse(Func<FuseContext, Func<Latent>, Latent> act) => new FuseHook(act);

    public static IHook Guide(Action<GuideContext> act) => new GuideHook(act);

    public static IHook Blend(Action<BlendContext> act) => new BlendHook(act);

    private sealed class StartHook(Action<StartContext> act) : IStartHook
    {
        public Task StartAsync(StartContext c)
        {
            act(c);
            return Task.CompletedTask;
        }
    }

    private sealed class PlanHook(Action<PlanContext> act) : IPlanHook
    {
        public void Plan(PlanContext c) => act(c);
    }

    private sealed class CombineHook(Func<CombineContext, Func<Latent>, Latent> act) : ICombineHook
    {
        public Latent Combine(CombineContext c, Func<Latent> next) => act(c, next);
    }

    private sealed class FuseHook(Func<FuseContext, Func<Latent>, Latent> act) : IFuseHook
    {
        public Latent Fuse(FuseContext c, Func<Latent> next) => act(c, next);
    }

    private sealed class GuideHook(Action<GuideContext> act) : IGuideHook
    {
        public Task GuideAsync(GuideContext c)
        {
            act(c);
            return Task.CompletedTask;
        }
    }

    private sealed class BlendHook(Action<BlendContext> act) : IBlendHook
    {
        public void Blend(BlendContext c) => act(c);
    }
}
