using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>Applies weights to the output of the text encoder.</summary>
internal static class Emphasis
{
    /// <summary>Changes embeddings by the weights of their tokens.</summary>
    /// <param name="mode">The rule.</param>
    /// <param name="embeddings">
    /// One chunk of every prompt that is encoded together, row-major <c>[prompts, tokens, width]</c>. The original's mean is taken over all of
    /// it: a heavy weight changes the other tokens of the chunk too.
    /// </param>
    /// <param name="multipliers">Weight of every token, <c>[prompts, tokens]</c>.</param>
    public static void Apply(EmphasisMode mode, Span<float> embeddings, ReadOnlySpan<double> multipliers)
    {
        if (mode is EmphasisMode.None or EmphasisMode.Ignore || multipliers.IndexOfAnyExcept(1.0) < 0)
        {
            return;
        }

        var width = embeddings.Length / multipliers.Length;
        var before = Sum(embeddings);
        for (var token = 0; token < multipliers.Length; token++)
        {
            Scale(embeddings.Slice(token * width, width), (float)multipliers[token]);
        }

        // The original divides by zero where the new mean is zero; a picture of noise helps nobody.
        var factor = before / Sum(embeddings);
        if (mode == EmphasisMode.Original && double.IsFinite(factor))
        {
            Scale(embeddings, (float)factor);
        }
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }
}
