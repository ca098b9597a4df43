using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The guide stage: hooks move the predicted x0 of the lanes, in order.</summary>
internal static class GuideStage
{
    /// <summary>Moves x0.</summary>
    /// <param name="run">The hooks.</param>
    /// <param name="state">The lanes.</param>
    /// <param name="x0">Prediction of all lanes, changed in place.</param>
    /// <param name="predictions">The rows as they ran.</param>
    /// <param name="networks">The run's networks.</param>
    public static async Task RunAsync(HookRun run, StepState state, double[] x0, IReadOnlyList<RowPrediction> predictions, INetworks networks)
    {
        foreach (var (owner, hook) in run.Guide)
        {
            using var turn = new HookTurn(run, owner);
            var context = new Context(turn, state, x0, predictions, networks);
            await run.CallAsync(owner, HookKind.Guide, state.Info.Index, () => hook.GuideAsync(context)).ConfigureAwait(false);
        }
    }

    private sealed class Context(HookTurn turn, StepState state, double[] x0, IReadOnlyList<RowPrediction> predictions, INetworks networks)
        : GuideContext
    {
        public override INetworks Networks => networks;

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

        public override Latent Eps(Lane lane)
        {
            state.Layout.Require(lane);
            return Guidance.Eps(state.Layout, state.Values, x0, lane, state.Info);
        }

        public override IReadOnlyList<DenoiseRow> Rows(Lane lane)
        {
            state.Layout.Require(lane);
            return [.. predictions.Select(p => p.Row).Where(row => row.Lane == lane)];
        }

        public override void Push(Lane lane, Latent gradient, double trust = 0)
        {
            state.Layout.Require(lane);
            state.Layout.Require(gradient, "The gradient");
            if (!(trust >= 0))
            {
                throw new ArgumentException($"The trust ratio is {trust}; it must be a number of 0 or more.", nameof(trust));
            }

            turn.Change(() => Guidance.Push(state.Layout.Of(x0, lane), gradient, state.Info, trust));
        }

        public override void Report(string what) => turn.Report(what);
    }
}
