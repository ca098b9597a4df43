using System.Text;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>
/// Reads an infotext as A1111 v1.10.1 does. Any text is an infotext: without a last line of at least three keys it is all prompt.
/// Takes time in proportion to the text's length.
/// </summary>
public static class InfotextReader
{
    private const string Negative = "Negative prompt:";
    private const int FewestFields = 3;

    /// <summary>Takes an infotext apart. The values are those of the text; what A1111 adds to them is <see cref="InfotextPaste"/>.</summary>
    /// <param name="text">The text; anything is accepted.</param>
    /// <returns>Prompts, keys and values.</returns>
    public static InfotextDocument Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = PythonText.Strip(text).ToString();
        var lastLine = text.LastIndexOf('\n') + 1;
        var found = InfotextFieldScanner.Scan(text[lastLine..]);
        if (found.Count < FewestFields)
        {
            (found, lastLine) = ([], text.Length + 1);
        }

        var (prompt, negative) = lastLine == 0 ? ("", "") : Prompts(text.AsSpan(0, lastLine - 1));
        return new InfotextDocument
        {
            Prompt = prompt,
            NegativePrompt = negative,
            Fields = [.. found.Where(f => f.Value.Length > 0).Select(f => KeyValuePair.Create(f.Key, InfotextFieldScanner.Unquote(f.Value)))],
            Skipped = [.. found.Where(f => f.Value.Length == 0).Select(f => f.Key)],
        };
    }

    private static (string Positive, string Negative) Prompts(ReadOnlySpan<char> text)
    {
        var (positive, negative) = (new StringBuilder(), new StringBuilder());
        var prompt = positive;
        foreach (var range in text.Split('\n'))
        {
            var line = PythonText.Strip(text[range]);
            if (line.StartsWith(Negative, StringComparison.Ordinal))
            {
                prompt = negative;
                line = PythonText.Strip(line[Negative.Length..]);
            }

            // Empty lines at the start of a prompt leave no trace; those further on do.
            prompt.Append(prompt.Length == 0 ? "" : "\n").Append(line);
        }

        return (positive.ToString(), negative.ToString());
    }
}
