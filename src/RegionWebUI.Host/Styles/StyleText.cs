using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Styles;

/// <summary>Puts styles into prompts as A1111 v1.10.1 does.</summary>
public static class StyleText
{
    private const string Placeholder = "{prompt}";

    /// <summary>A prompt with styles: each takes the text so far into its <c>{prompt}</c>, wherever it has that, or else follows it.</summary>
    /// <param name="prompt">The user's own text.</param>
    /// <param name="styles">One text for each style, in order; an empty one changes nothing but white space at the ends.</param>
    /// <exception cref="BadInputException">The result is longer than a prompt may be.</exception>
    public static string Apply(string prompt, IEnumerable<string> styles)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(styles);
        return styles.Aggregate(prompt, Merge);
    }

    /// <summary>A request with styles in both prompts.</summary>
    /// <param name="request">The request with the user's own prompts.</param>
    /// <param name="styles">The styles in order.</param>
    /// <exception cref="BadInputException">A prompt with its styles is longer than a prompt may be.</exception>
    public static GenerationRequest Apply(GenerationRequest request, IReadOnlyList<PromptStyle> styles)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(styles);
        return request with
        {
            Prompt = Apply(request.Prompt, styles.Select(s => s.Prompt)),
            NegativePrompt = Apply(request.NegativePrompt, styles.Select(s => s.NegativePrompt)),
        };
    }

    private static string Merge(string prompt, string style)
    {
        // Known before the text is built: a style with many placeholders makes a text of any length from a short one.
        var holes = style.AsSpan().Count(Placeholder);
        var length = style.Length + (holes * (long)(prompt.Length - Placeholder.Length));
        if (length > RequestLimits.PromptLength)
        {
            throw new BadInputException(nameof(GenerationRequest.Prompt), string.Create(
                CultureInfo.InvariantCulture,
                $"A prompt with its styles may have at most {RequestLimits.PromptLength:N0} characters, not {length:N0}."));
        }

        return holes > 0
            ? style.Replace(Placeholder, prompt, StringComparison.Ordinal)
            : string.Join(", ", ((string[])[prompt.Trim(), style.Trim()]).Where(part => part.Length > 0));
    }
}
