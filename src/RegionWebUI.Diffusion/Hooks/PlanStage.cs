using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The plan stage: hooks edit the rows of a model call, in order.</summary>
internal static class PlanStage
{
    /// <summary>The rows of a call, and who changed them last; nobody when they are the default.</summary>
    /// <param name="run">The hooks.</param>
    /// <param name="state">The lanes.</param>
    /// <param name="rows">The default rows.</param>
    /// <param name="granularity">Cells that become one at the UNet's coarsest level.</param>
    public static (IReadOnlyList<DenoiseRow> Rows, HookOwner? Planner) Run(
        HookRun run, StepState state, IReadOnlyList<DenoiseRow> rows, int granularity)
    {
        HookOwner? planner = null;
        var width = rows[0].Positive.Width;
        foreach (var (owner, hook) in run.Plan)
        {
            using var turn = new HookTurn(run, owner);
            var context = new Context(turn, state, [.. rows], granularity);
            IReadOnlyList<DenoiseRow> planned = [];
            run.Call(owner, HookKind.Plan, state.Info.Index, () =>
            {
                hook.Plan(context);

                // A copy: the hook may have kept its list.
                planned = [.. context.Rows];
                RowRules.Check(planned, state.Layout, width);
            });
            if (!planned.SequenceEqual(rows, ReferenceEqualityComparer.Instance))
            {
                (rows, planner) = (planned, owner);
            }
        }

        return (rows, planner);
    }

    private sealed class Context(HookTurn turn, StepState state, List<DenoiseRow> rows, int granularity) : PlanContext
    {
        public override IList<DenoiseRow> Rows => rows;

        public override int Granularity => granularity;

        public override StepInfo Step => state.Info;

        public override IReadOnlyList<Lane> Lanes => state.Layout.Lanes;

        public override Box Frame => state.Layout.WholeFrame;

        public override CancellationToken Cancellation => turn.Cancellation;

        public override Latent Z(Lane lane) => state.Z(lane);

        public override void Report(string what) => turn.Report(what);
    }
}
