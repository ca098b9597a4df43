using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Cut texts to conditioning: one text encoder run for each chunk it has not seen lately, then the weights.</summary>
/// <param name="encoder">The text encoder.</param>
/// <param name="tokenizer">The tokenizer that goes with it.</param>
internal sealed class PromptEncoder(ITextEncoder encoder, ClipTokenizer tokenizer)
{
    private const int KeptChunks = 128;

    private readonly ConditioningCache _outputs = new(KeptChunks);

    /// <summary>That of a loaded model.</summary>
    public PromptEncoder(LoadedModel model)
        : this(new ModelTextEncoder(model), model.Tokenizer)
    {
    }

    /// <summary>The tokenizer that goes with the encoder.</summary>
    public ClipTokenizer Tokenizer => tokenizer;

    /// <summary>Conditioning of one text.</summary>
    /// <inheritdoc cref="Encode(IReadOnlyList{WeightedChunks}, TextSettings, CancellationToken)"/>
    public Conditioning Encode(WeightedChunks text, TextSettings settings, CancellationToken cancellationToken) =>
        Encode([text], settings, cancellationToken)[text];

    /// <summary>Conditioning of the texts of one schedule. As in the original, their weights share one mean.</summary>
    /// <param name="texts">The texts, all of equally many chunks; one that occurs more often counts more in the mean.</param>
    /// <param name="settings">Layer of the encoder, and what weights do.</param>
    /// <param name="cancellationToken">Ends the work between two ops.</param>
    public IReadOnlyDictionary<WeightedChunks, Conditioning> Encode(
        IReadOnlyList<WeightedChunks> texts, TextSettings settings, CancellationToken cancellationToken)
    {
        var copies = texts.CountBy(text => text).ToList();
        var count = texts[0].Count;
        var size = encoder.Tokens * encoder.Width;
        var embeddings = copies.ConvertAll(_ => new float[count * size]);
        for (var i = 0; i < count; i++)
        {
            var chunks = copies.ConvertAll(text => text.Key.Chunks[i]);
            var together = new float[chunks.Count * size];
            for (var text = 0; text < chunks.Count; text++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Output(chunks[text]).CopyTo(together.AsSpan(text * size));
            }

            double[] weights = [.. chunks.SelectMany(chunk => chunk.Multipliers)];
            Emphasis.Apply(settings.Emphasis, together, weights, [.. copies.Select(text => text.Value)]);
            for (var text = 0; text < chunks.Count; text++)
            {
                together.AsSpan(text * size, size).CopyTo(embeddings[text].AsSpan(i * size));
            }
        }

        return copies.Zip(embeddings).ToDictionary(text => text.First.Key, text => new Conditioning(count, encoder.Width, text.Second));

        ReadOnlySpan<float> Output(WeightedChunk chunk) => _outputs
            .GetOrEncode(new ChunkKey(chunk, settings.ClipSkip), missing => encoder.Encode(missing, settings.ClipSkip, cancellationToken))
            .Span;
    }
}
