namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>A prompt holds a number that cannot be used. The message is one sentence that names it.</summary>
/// <param name="message">What is wrong and what is allowed.</param>
/// <param name="span">Where it stands in the prompt as typed.</param>
internal sealed class PromptException(string message, TextSpan span) : Exception(message)
{
    /// <summary>Where it stands in the prompt as typed.</summary>
    public TextSpan Span { get; } = span;
}
