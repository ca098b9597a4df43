namespace RegionalPrompts;

/// <summary>How the regions lie.</summary>
internal enum Direction
{
    /// <summary>Side by side, from left to right.</summary>
    Columns,

    /// <summary>One above the other, from top to bottom.</summary>
    Rows,
}
