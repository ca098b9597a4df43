using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>Applies weights to the output of the text encoder.</summary>
internal static class Emphasis
{
    /// <summary>Changes the embeddings of one text, or of several that occur once each.</summary>
    /// <inheritdoc cref="Apply(EmphasisMode, Span{float}, ReadOnlySpan{double}, ReadOnlySpan{int})"/>
    public static void Apply(EmphasisMode mode, Span<float> embeddings, ReadOnlySpan<double> multipliers) =>
        Apply(mode, embeddings, multipliers, [1]);

    /// <summary>Changes embeddings by the weights of their tokens.</summary>
    /// <param name="mode">The rule.</param>
    /// <param name="embeddings">
    /// One chunk of every text that is encoded together, row-major <c>[texts, tokens, width]</c>. The original's mean is taken over all of
    /// it: a heavy weight changes the other tokens of the chunk too, and the other texts of a schedule.
    /// </param>
    /// <param name="multipliers">Weight of every token, <c>[texts, tokens]</c>.</param>
    /// <param name="copies">How often each text counts in the mean, <c>[texts]</c>.</param>
    public static void Apply(EmphasisMode mode, Span<float> embeddings, ReadOnlySpan<double> multipliers, ReadOnlySpan<int> copies)
    {
        if (mode is EmphasisMode.None or EmphasisMode.Ignore || multipliers.IndexOfAnyExcept(1.0) < 0)
        {
            return;
        }

        var width = embeddings.Length / multipliers.Length;
        var before = Sum(embeddings, copies);
        for (var token = 0; token < multipliers.Length; token++)
        {
            Scale(embeddings.Slice(token * width, width), (float)multipliers[token]);
        }

        // The original divides by zero where the new mean is zero; a picture of noise helps nobody.
        var factor = before / Sum(embeddings, copies);
        if (mode == EmphasisMode.Original && double.IsFinite(factor))
        {
            Scale(embeddings, (float)factor);
        }
    }

    private static double Sum(ReadOnlySpan<float> values, ReadOnlySpan<int> copies)
    {
        var length = values.Length / copies.Length;
        var sum = 0.0;
        for (var text = 0; text < copies.Length; text++)
        {
            var ofText = 0.0;
            foreach (var value in values.Slice(text * length, length))
            {
                ofText += value;
            }

            sum += copies[text] * ofText;
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
