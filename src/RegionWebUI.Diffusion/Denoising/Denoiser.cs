using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>
/// D(x, sigma): the x0 a run predicts for all its lanes. This is the order of stages of every model call:
/// plan the rows, run them through the UNet, combine each row, fuse the rows of a lane, guide. Hooks stand in each of them.
/// </summary>
internal sealed class Denoiser(
    RowBatcher batcher, LaneLayout layout, StepClock clock, Func<int, IReadOnlyList<DenoiseRow>> defaultRows, HookRun hooks, INetworks networks)
{
    private double[] _unguidedEps = [];

    /// <summary>What the sampler needs of the model beside x0.</summary>
    public SamplerTraits Sampler { get; init; } = new("");

    /// <summary>
    /// The eps of all lanes in the last call under the negative prompts alone: fused like the guided one, but neither combined nor fused
    /// nor guided by hooks.
    /// </summary>
    public double[] UnguidedEps() => _unguidedEps;

    /// <summary>x0 of all lanes for the state x = z / sqrt(abar).</summary>
    public async Task<double[]> DenoiseAsync(double[] x, SamplerCall call, CancellationToken cancellationToken)
    {
        var step = clock.At(call);
        var state = new StepState(step, layout, ToVariancePreserving(x, step));
        var (planned, planner) = PlanStage.Run(hooks, state, defaultRows(step.Call), batcher.Granularity);
        var rows = Sampler.GuidanceShare == 1 ? planned : [.. planned.Select(r => r with { CfgScale = r.CfgScale * Sampler.GuidanceShare })];
        var predictions = batcher.Run(rows, state.Values, step, cancellationToken);
        var combined = predictions.Select(p => new RowEps(p.Row, CombineStage.Run(hooks, state, p))).ToList();
        var x0 = new double[x.Length];
        foreach (var lane in layout.Lanes)
        {
            var eps = FuseStage.Run(hooks, state, lane, [.. combined.Where(r => r.Row.Lane == lane)], planner);
            Predict(layout.Of(x, lane), eps.Data.Span, step, layout.Of(x0, lane));
        }

        if (Sampler.UsesUnguidedEps)
        {
            _unguidedEps = Unguided(predictions, state, planner);
        }

        // Guidance moves x0, and since samplers derive eps from x0 it serves every one of them.
        await GuideStage.RunAsync(hooks, state, x0, predictions, networks).ConfigureAwait(false);
        return x0;
    }

    private double[] Unguided(IReadOnlyList<RowPrediction> predictions, StepState state, HookOwner? planner)
    {
        var all = new double[layout.Lanes.Count * layout.LaneSize];
        foreach (var lane in layout.Lanes)
        {
            RowEps[] rows = [.. predictions.Where(p => p.Row.Lane == lane).Select(p => new RowEps(p.Row, p.Unconditional!))];
            layout.Write(all, lane, FuseStage.Default(hooks, state, lane, rows, planner));
        }

        return all;
    }

    private static double[] ToVariancePreserving(double[] x, StepInfo step)
    {
        var scale = Math.Sqrt(step.AlphaBar);
        return Array.ConvertAll(x, v => v * scale);
    }

    private static void Predict(ReadOnlySpan<double> x, ReadOnlySpan<float> eps, StepInfo step, Span<double> x0)
    {
        // Karras et al. (2022), Eq. (7) with c_skip = 1, c_out = -sigma: D = x - sigma eps.
        for (var i = 0; i < x0.Length; i++)
        {
            x0[i] = x[i] - (step.Sigma * eps[i]);
        }
    }
}
