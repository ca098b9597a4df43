namespace RegionWebUI.Imaging.Infotext;

/// <summary>Takes styles out of a prompt again.</summary>
/// <param name="Found">Names of the styles, in the order in which they were applied.</param>
/// <param name="Prompt">The positive prompt without them.</param>
/// <param name="NegativePrompt">The negative prompt without them.</param>
internal sealed record StyleExtraction(IReadOnlyList<string> Found, string Prompt, string NegativePrompt)
{
    private const string Placeholder = "{prompt}";
    private const string Joint = ", ";

    /// <summary>Takes out the first style that fits both prompts, as long as one does; each style at most once.</summary>
    public static StyleExtraction From(string prompt, string negative, IReadOnlyList<PromptStyle> styles)
    {
        var left = styles.Where(style => style.Prompt.Length > 0 || style.NegativePrompt.Length > 0).ToList();
        var found = new List<string>();
        for (var i = 0; i < left.Count;)
        {
            if (Without(left[i].Prompt, prompt) is { } rest && Without(left[i].NegativePrompt, negative) is { } negativeRest)
            {
                (prompt, negative) = (rest, negativeRest);
                found.Add(left[i].Name);
                left.RemoveAt(i);
                i = 0;
            }
            else
            {
                i++;
            }
        }

        found.Reverse();
        return new StyleExtraction(found, prompt, negative);
    }

    /// <summary>Whether both are the same styles in the same order.</summary>
    public bool HasSameStyles(StyleExtraction other) => Found.SequenceEqual(other.Found);

    private static string? Without(string style, string prompt)
    {
        style = PythonText.Strip(style).ToString();
        prompt = PythonText.Strip(prompt).ToString();
        var hole = style.IndexOf(Placeholder, StringComparison.Ordinal);
        var (before, after) = hole < 0 ? ("", style) : (style[..hole], style[(hole + Placeholder.Length)..]);
        if (!prompt.StartsWith(before, StringComparison.Ordinal) || !prompt.EndsWith(after, StringComparison.Ordinal))
        {
            return null;
        }

        var end = Math.Max(prompt.Length - after.Length, before.Length);
        var rest = prompt[before.Length..end];
        return hole < 0 && rest.EndsWith(Joint, StringComparison.Ordinal) ? rest[..^Joint.Length] : rest;
    }
}
