using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Host.Styles;

/// <summary>What a style may be.</summary>
public static class StyleLimits
{
    /// <summary>Most characters of a name.</summary>
    public const int NameLength = 200;

    /// <summary>Most characters of either text.</summary>
    public const int PromptLength = RequestLimits.PromptLength;

    /// <summary>Largest file, in bytes.</summary>
    public const int FileBytes = 4 << 20;

    /// <summary>Refuses a style that could not be kept.</summary>
    /// <exception cref="BadInputException">The name or a text is not legal; one sentence.</exception>
    public static void ThrowIfInvalid(PromptStyle style)
    {
        ArgumentNullException.ThrowIfNull(style);
        if (Problem(style) is (var field, var sentence))
        {
            throw new BadInputException(field, sentence);
        }
    }

    /// <summary>What is wrong with a style; null when nothing is.</summary>
    internal static (string Field, string Sentence)? Problem(PromptStyle style)
    {
        var shown = NameSuggestion.Shortened(style.Name);
        if (string.IsNullOrWhiteSpace(style.Name) || style.Name.Trim() != style.Name || style.Name.Any(char.IsControl))
        {
            return (nameof(style.Name), $"A style's name must be one line without white space at its ends, not '{shown.ReplaceLineEndings(" ")}'.");
        }

        if (style.Name.StartsWith('#'))
        {
            return (nameof(style.Name), $"A style's name may not begin with '#', which marks a comment in the file: '{shown}'.");
        }

        return style.Name.Length > NameLength
            ? (nameof(style.Name), $"A style's name may have at most {NameLength} characters, not {style.Name.Length}.")
            : Text(nameof(style.Prompt), style.Prompt) ?? Text(nameof(style.NegativePrompt), style.NegativePrompt);
    }

    private static (string Field, string Sentence)? Text(string field, string text) =>
        text.Length > PromptLength ? (field, $"A style's texts may have at most {PromptLength} characters, not {text.Length}.") : null;
}
