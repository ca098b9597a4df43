using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>
/// D(x, sigma): the x0 a run predicts for all its lanes. This is the order of stages of every model call:
/// plan the rows, run them through the UNet, combine each row, fuse the rows of a lane, guide.
/// </summary>
internal sealed class Denoiser(RowBatcher batcher, LaneLayout layout, NoiseSchedule noise, IReadOnlyList<DenoiseRow> defaultRows)
{
    /// <summary>x0 of all lanes for the state x = z / sqrt(abar).</summary>
    public Task<double[]> DenoiseAsync(double[] x, SamplerCall call, CancellationToken cancellationToken)
    {
        var step = Describe(call);
        var z = ToVariancePreserving(x, step);
        var rows = Plan();
        var predictions = batcher.Run(rows, z, step, cancellationToken);
        var combined = predictions.Select(p => (p.Row, Eps: ClassifierFreeGuidance.Combine(p))).ToList();
        var x0 = new double[x.Length];
        foreach (var lane in layout.Lanes)
        {
            var eps = WeightedFusion.Fuse(layout, lane, [.. combined.Where(r => r.Row.Lane == lane)]);
            Predict(layout.Of(x, lane), eps, step, layout.Of(x0, lane));
        }

        // Guidance stands here: it moves x0, and since samplers derive eps from x0 it serves every one of them.
        return Task.FromResult(x0);
    }

    private StepInfo Describe(SamplerCall call) => new(
        call.StepIndex,
        call.StepCount,
        call.CallIndex,
        noise.T(call.Sigma),
        call.Sigma,
        call.SigmaNext,
        NoiseSchedule.AlphaBarOf(call.Sigma),
        NoiseSchedule.AlphaBarOf(call.SigmaNext),
        1 - (NoiseSchedule.AlphaBarOf(call.Sigma) / NoiseSchedule.AlphaBarOf(call.SigmaNext)));

    /// <summary>The rows of this call: one whole-frame row per lane.</summary>
    private IReadOnlyList<DenoiseRow> Plan() => defaultRows;

    private static double[] ToVariancePreserving(double[] x, StepInfo step)
    {
        var scale = Math.Sqrt(step.AlphaBar);
        return Array.ConvertAll(x, v => v * scale);
    }

    private static void Predict(ReadOnlySpan<double> x, double[] eps, StepInfo step, Span<double> x0)
    {
        // Karras et al. (2022), Eq. (7) with c_skip = 1, c_out = -sigma: D = x - sigma eps.
        for (var i = 0; i < x0.Length; i++)
        {
            x0[i] = x[i] - step.Sigma * eps[i];
        }
    }
}
