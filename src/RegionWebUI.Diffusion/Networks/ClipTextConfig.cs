using System.Text.Json;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>Configuration of a CLIP text model.</summary>
internal sealed record ClipTextConfig
{
    /// <summary>Width of the embedding.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width inside the feed-forward.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Longest text in tokens, 77.</summary>
    public required int Positions { get; init; }

    /// <summary>Entries of the vocabulary.</summary>
    public required int VocabSize { get; init; }

    /// <summary>Whether the feed-forward uses QuickGELU (OpenAI) instead of GELU (OpenCLIP).</summary>
    public required bool QuickGelu { get; init; }

    /// <summary>Epsilon of the layer norms.</summary>
    public required float NormEpsilon { get; init; }

    /// <summary>Width of the projected text embedding.</summary>
    public required int ProjectionDim { get; init; }

    /// <summary>Id of the end token, where the pooled output is read.</summary>
    public required int EosTokenId { get; init; }

    /// <summary>Reads config.json.</summary>
    /// <exception cref="ModelException">A value is missing or of a kind that is not supported.</exception>
    public static ClipTextConfig Parse(JsonElement json)
    {
        var read = new ConfigReader("text encoder", json);
        var activation = read.Text("hidden_act", "quick_gelu");
        read.Require(activation is "quick_gelu" or "gelu", "hidden_act", "quick_gelu or gelu");
        return new ClipTextConfig
        {
            HiddenSize = read.Int("hidden_size"),
            IntermediateSize = read.Int("intermediate_size"),
            Layers = read.Int("num_hidden_layers"),
            Heads = read.Int("num_attention_heads"),
            Positions = read.Int("max_position_embeddings", 77),
            VocabSize = read.Int("vocab_size"),
            QuickGelu = activation == "quick_gelu",
            NormEpsilon = (float)read.Number("layer_norm_eps", 1e-5),
            ProjectionDim = read.Int("projection_dim", 512),
            EosTokenId = read.Int("eos_token_id", 2),
        };
    }

    /// <summary>Place of the end token in a row of ids, as transformers finds it.</summary>
    public int EosPosition(ReadOnlySpan<long> ids)
    {
        // Old configs carry the id 2 by mistake; there the end token is the greatest id.
        if (EosTokenId != 2)
        {
            return Math.Max(ids.IndexOf(EosTokenId), 0);
        }

        var greatest = 0;
        for (var i = 1; i < ids.Length; i++)
        {
            greatest = ids[i] > ids[greatest] ? i : greatest;
        }

        return greatest;
    }
}
