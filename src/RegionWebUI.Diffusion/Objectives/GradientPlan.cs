using System.Globalization;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;

namespace RegionWebUI.Diffusion.Objectives;

/// <summary>How the gradient of a loss is taken.</summary>
/// <param name="Whole">Value and gradients as one graph; also what is fed and returned.</param>
/// <param name="Blocks">The same block by block; null where the one graph runs.</param>
internal sealed record GradientPlan(Graph.Graph Whole, BlockwiseVjp? Blocks)
{
    /// <summary>The one graph where its values fit, else block by block; judged before anything is loaded.</summary>
    /// <param name="key">What the loss is called.</param>
    /// <param name="loss">Its graph.</param>
    /// <param name="wrt">Inputs whose gradients are wanted.</param>
    /// <param name="memory">How much there is.</param>
    /// <exception cref="GraphException">The loss has no derivative.</exception>
    /// <exception cref="InsufficientMemoryException">It does not fit either way.</exception>
    public static GradientPlan Of(string key, Graph.Graph loss, IReadOnlyList<string> wrt, MemoryOptions memory)
    {
        var whole = Vjp.OfLoss(loss, LossBuilder.Loss, wrt);
        var wholePeak = ActivationMemory.Peak(whole);
        if (wholePeak <= memory.WholeGradientBytes)
        {
            return new GradientPlan(whole, null);
        }

        var blocks = BlockwiseVjp.OfLoss(loss, LossBuilder.Loss, wrt);
        var least = Math.Min(wholePeak, blocks.PeakBytes);
        return least <= memory.GradientBytes
            ? new GradientPlan(whole, blocks.PeakBytes < wholePeak ? blocks : null)
            : throw new InsufficientMemoryException(string.Create(
                CultureInfo.InvariantCulture,
                $"The gradient of the loss '{key}' needs about {Mebibytes(least)} MiB beside the weights, even block by block; "
                + $"{Mebibytes(memory.GradientBytes)} MiB are there. Take a smaller picture or fewer cutouts."));
    }

    private static long Mebibytes(long bytes) => bytes >> 20;
}
