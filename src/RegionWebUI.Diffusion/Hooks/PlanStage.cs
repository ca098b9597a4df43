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
        foreach (var (owner, hook) in run.Plan)
        {
            var context = new Context(run, state, [.. rows], granularity);
            run.Call(owner, HookKind.Plan, state.Info.Index, () =>
            {
                hook.Plan(context);
                RowRules.Check(context.Planned, state.Layout);
            });
            if (!context.Planned.SequenceEqual(rows, ReferenceEqualityComparer.Instance))
            {
                (rows, planner) = (context.Planned, owner);
            }
        }

        return (rows, planner);
    }

    private sealed class Context(HookRun run, StepState state, List<DenoiseRow> rows, int granularity) : PlanContext
    {
        public List<DenoiseRow> Planned => rows;

        public override IList<DenoiseRow> Rows => rows;

        public override int Granularity => granularity;

        public override StepInfo Step => state.Info;

        public override IReadOnlyList<Lane> Lanes => state.Layout.Lanes;

        public override Box Frame => state.Layout.WholeFrame;

        public override CancellationToken Cancellation => run.Cancellation;

        public override Latent Z(Lane lane) => state.Z(lane);

        public override void Report(string what) => run.Report(what);
    }
}
