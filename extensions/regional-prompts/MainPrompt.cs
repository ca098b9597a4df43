namespace RegionalPrompts;

/// <summary>What becomes of the main prompt in a region.</summary>
internal enum MainPrompt
{
    /// <summary>It stands after the region's own: "region, main".</summary>
    Append,

    /// <summary>It stands before the region's own: "main, region".</summary>
    Prepend,

    /// <summary>The region's own prompt stands alone.</summary>
    Alone,
}
