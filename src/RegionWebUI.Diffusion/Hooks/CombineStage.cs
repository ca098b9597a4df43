using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The combine stage: hooks wrap the making of a row's eps; the first is the outermost.</summary>
internal static class CombineStage
{
    /// <summary>eps of a row.</summary>
    public static Latent Run(HookRun run, StepState state, RowPrediction prediction)
    {
        if (run.Combine.Count == 0)
        {
            return ClassifierFreeGuidance.Combine(prediction);
        }

        return From(0);

        Latent From(int index)
        {
            if (index == run.Combine.Count)
            {
                return ClassifierFreeGuidance.Combine(prediction);
            }

            var (owner, hook) = run.Combine[index];
            var context = new Context(new HookTurn(run, owner), state, prediction);
            return run.Wrap(
                owner,
                HookKind.Combine,
                state.Info.Index,
                next => hook.Combine(context, next),
                () => From(index + 1),
                eps => state.Layout.Require(eps, prediction.Row.Crop, "The eps it returned"));
        }
    }

    private sealed class Context(HookTurn turn, StepState state, RowPrediction prediction) : CombineContext
    {
        public override DenoiseRow Row => prediction.Row;

        public override Latent Conditional => prediction.Conditional;

        public override Latent? Unconditional => prediction.Unconditional;

        public override StepInfo Step => state.Info;

        public override IReadOnlyList<Lane> Lanes => state.Layout.Lanes;

        public override Box Frame => state.Layout.WholeFrame;

        public override CancellationToken Cancellation => turn.Cancellation;

        public override Latent Z(Lane lane) => state.Z(lane);

        public override void Report(string what) => turn.Report(what);
    }
}
