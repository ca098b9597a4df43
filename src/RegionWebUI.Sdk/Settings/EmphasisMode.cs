namespace RegionWebUI.Sdk.Settings;

/// <summary>What weights do to a prompt's embeddings; names as in A1111.</summary>
public enum EmphasisMode
{
    /// <summary>Each token's embedding times its weight, then the whole tensor scaled so that its mean is what it was.</summary>
    Original,

    /// <summary>Each token's embedding times its weight ("No norm").</summary>
    NoNorm,

    /// <summary>Brackets are read, weights are not used.</summary>
    Ignore,

    /// <summary>Brackets, BREAK and escapes are text like any other.</summary>
    None,
}
