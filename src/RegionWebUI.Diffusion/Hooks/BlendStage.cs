using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The blend stage: hooks replace z after a sampler step, in order.</summary>
internal static class BlendStage
{
    /// <summary>The state to go on with.</summary>
    /// <param name="run">The hooks.</param>
    /// <param name="info">The step that ended.</param>
    /// <param name="layout">The lanes.</param>
    /// <param name="x">State x = z / sqrt(abar_next) after the step; left as it is.</param>
    /// <param name="x0">x0 of the step's first model call.</param>
    public static double[] Run(HookRun run, StepInfo info, LaneLayout layout, double[] x, double[] x0)
    {
        if (run.Blend.Count == 0)
        {
            return x;
        }

        var scale = Math.Sqrt(info.AlphaBarNext);
        var state = new StepState(info, layout, Array.ConvertAll(x, v => v * scale));
        var set = new HashSet<Lane>();
        foreach (var (owner, hook) in run.Blend)
        {
            using var turn = new HookTurn(run, owner);
            var context = new Context(turn, state, x0, set);
            run.Call(owner, HookKind.Blend, info.Index, () => hook.Blend(context));
        }

        if (set.Count == 0)
        {
            return x;
        }

        // Lanes nobody set keep their bits.
        var result = (double[])x.Clone();
        foreach (var lane in set)
        {
            var z = layout.Of(state.Values, lane);
            var target = layout.Of(result, lane);
            for (var i = 0; i < z.Length; i++)
            {
                target[i] = z[i] / scale;
            }
        }

        return result;
    }

    private sealed class Context(HookTurn turn, StepState state, double[] x0, HashSet<Lane> set) : BlendContext
    {
        public override StepInfo Step => state.Info;

        public override IReadOnlyList<Lane> Lanes => state.Layout.Lanes;

        public override Box Frame => state.Layout.WholeFrame;

        public override CancellationToken Cancellation => turn.Cancellation;

        public override Latent Z(Lane lane) => state.Z(lane);

        public override Latent X0(Lane lane)
        {
            state.Layout.Require(lane);
            return state.Layout.Latent(x0, lane);
        }

        public override void Set(Lane lane, Latent z) => turn.Change(() =>
        {
            state.Set(lane, z);
            set.Add(lane);
        });

        public override void Report(string what) => turn.Report(what);
    }
}
