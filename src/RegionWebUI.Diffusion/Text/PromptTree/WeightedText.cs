namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>A stretch of text that the encoder reads with one weight, without brackets and escapes.</summary>
/// <param name="Text">The text; may be empty.</param>
/// <param name="Weight">1 is plain. May be zero or negative.</param>
internal sealed record WeightedText(SourcedText Text, double Weight)
{
    /// <summary>
    /// Whether the 75-token chunk ends here. In brackets the marker's weight is no longer -1, and the word is encoded: so the original.
    /// </summary>
    public bool IsBreak => Text.Text == "BREAK" && Weight == -1;
}
