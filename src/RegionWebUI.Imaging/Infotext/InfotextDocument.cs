namespace RegionWebUI.Imaging.Infotext;

/// <summary>What an infotext says, and nothing else: no defaults, no repairs of old versions (<see cref="InfotextPaste"/> adds those).</summary>
public sealed record InfotextDocument
{
    /// <summary>The positive prompt: each line without white space at its ends, lines joined by line feeds.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The negative prompt, like <see cref="Prompt"/>; empty when there is none.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>Keys and unquoted values in the order of the text; a key may come more than once. Keys keep white space before their colon.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>Keys that stand there without a value; A1111 passes over them. An empty text in quotes is a value.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>The value of a key, the last one if it comes more than once.</summary>
    /// <param name="key">The key, letter for letter.</param>
    /// <returns>The value; null when the text has no such key.</returns>
    public string? Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Fields.LastOrDefault(field => field.Key == key).Value;
    }
}
