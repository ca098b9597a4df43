using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>The texts of one model call, all of equally many chunks.</summary>
/// <param name="Positive">The sub-prompts; at least one.</param>
/// <param name="Negative">The negative prompt.</param>
internal sealed record PromptStep(ImmutableArray<WeightedPrompt> Positive, WeightedChunks Negative)
{
    /// <summary>
    /// Guidance scale of the row of one sub-prompt, such that the plain mean of all rows is what AND means,
    /// uncond + sum of weight x scale x (cond - uncond): Liu et al., "Compositional Visual Generation with Composable Diffusion Models" (2022),
    /// Eq. (11).
    /// </summary>
    /// <param name="index">Which of <see cref="Positive"/>.</param>
    /// <param name="cfgScale">Scale of the run.</param>
    public double CfgScaleOf(int index, double cfgScale) => cfgScale * Positive[index].Weight * Positive.Length;

    /// <summary>Whether both are made of the same texts.</summary>
    public bool Equals(PromptStep? other) =>
        other is not null && Negative == other.Negative && Positive.AsSpan().SequenceEqual(other.Positive.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Negative);
        foreach (var prompt in Positive)
        {
            hash.Add(prompt);
        }

        return hash.ToHashCode();
    }
}
