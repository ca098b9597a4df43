namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>Which parts of the language a text may use: a negative prompt has no AND and no network tags.</summary>
/// <param name="Comments">Whether <c>#</c> opens a comment that ends with the line.</param>
/// <param name="NetworkTags">Whether <c>&lt;name:arguments&gt;</c> is a tag and no text.</param>
/// <param name="And">Whether <c>AND</c> parts sub-prompts, and a number after a colon at their end is their weight.</param>
internal sealed record PromptOptions(bool Comments, bool NetworkTags, bool And)
{
    /// <summary>A prompt as A1111 reads it by default.</summary>
    public static PromptOptions Positive { get; } = new(Comments: true, NetworkTags: true, And: true);

    /// <summary>A negative prompt as A1111 reads it by default.</summary>
    public static PromptOptions Negative { get; } = new(Comments: true, NetworkTags: false, And: false);
}
