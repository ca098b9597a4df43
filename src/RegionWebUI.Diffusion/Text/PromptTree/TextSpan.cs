namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>A stretch of a prompt as typed, in UTF-16 units.</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">The unit after the last.</param>
internal readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Number of units.</summary>
    public int Length => End - Start;
}
