using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The fuse stage: hooks wrap the making of a lane's eps; the first is the outermost.</summary>
internal static class FuseStage
{
    /// <summary>eps of a lane from its rows.</summary>
    /// <param name="run">The hooks.</param>
    /// <param name="state">The lanes.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="rows">Its rows, in the order of the plan.</param>
    /// <param name="planner">Whose plan the rows are: cells that no row covers are its fault.</param>
    public static Latent Run(HookRun run, StepState state, Lane lane, IReadOnlyList<RowEps> rows, HookOwner? planner)
    {
        return From(0);

        Latent From(int index)
        {
            if (index == run.Fuse.Count)
            {
                return Default(run, state, lane, rows, planner);
            }

            var (owner, hook) = run.Fuse[index];
            var context = new Context(new HookTurn(run, owner), state, lane, rows);
            return run.Wrap(
                owner,
                HookKind.Fuse,
                state.Info.Index,
                next => hook.Fuse(context, next),
                () => From(index + 1),
                eps => state.Layout.Require(eps, "The eps it returned"));
        }
    }

    /// <summary>eps of a lane from its rows, past all hooks of this stage.</summary>
    /// <inheritdoc cref="Run"/>
    public static Latent Default(HookRun run, StepState state, Lane lane, IReadOnlyList<RowEps> rows, HookOwner? planner)
    {
        try
        {
            return WeightedFusion.Fuse(state.Layout, lane, rows);
        }
        catch (UncoveredCellException error) when (planner is { IsBuiltIn: false })
        {
            throw run.Fail(planner, HookKind.Plan, state.Info.Index, error);
        }
    }

    private sealed class Context(HookTurn turn, StepState state, Lane lane, IReadOnlyList<RowEps> rows) : FuseContext
    {
        public override Lane Lane => lane;

        public override IReadOnlyList<RowEps> Rows => rows;

        public override StepInfo Step => state.Info;

        public override IReadOnlyList<Lane> Lanes => state.Layout.Lanes;

        public override Box Frame => state.Layout.WholeFrame;

        public override CancellationToken Cancellation => turn.Cancellation;

        public override Latent Z(Lane other) => state.Z(other);

        public override void Report(string what) => turn.Report(what);
    }
}
