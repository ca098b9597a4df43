using RegionWebUI.Diffusion.Text;

namespace RegionWebUI.Components.TextToImage;

/// <summary>The page's words about a prompt's reading.</summary>
internal static class PromptWording
{
    /// <summary>Tokens of one chunk of CLIP's text encoder.</summary>
    internal const int ChunkTokens = 75;

    /// <summary>Fewer free tokens than this are shown as a warning.</summary>
    internal const int FewFree = 15;

    private const int LongestPiece = 40;

    /// <summary>What the counter shows.</summary>
    internal static string Count(int tokens, int capacity) =>
        capacity > ChunkTokens ? $"{tokens} / {capacity} · {capacity / ChunkTokens} chunks" : $"{tokens} / {capacity}";

    /// <summary>What the counter says.</summary>
    internal static string CountInWords(int tokens, int capacity) =>
        $"{tokens} of {capacity} tokens{(capacity > ChunkTokens ? $" in {capacity / ChunkTokens} chunks" : "")}";

    /// <summary>Whether a few more words begin another chunk.</summary>
    internal static bool IsNearlyFull(int tokens, int capacity) => capacity - tokens <= FewFree;

    /// <summary>What is announced; it changes when a limit is crossed or the number of errors does, never with each key.</summary>
    internal static string Said(PromptReading? reading)
    {
        if (reading is null)
        {
            return "";
        }

        var errors = reading.Marks.Count(mark => mark.Severity == PromptMarkSeverity.Error);
        var chunks = reading.Capacity > ChunkTokens ? $"The prompt takes {reading.Capacity / ChunkTokens} chunks." : "";
        var wrong = errors switch
        {
            0 => "",
            1 => "One error in the prompt.",
            _ => $"{errors} errors in the prompt.",
        };
        return $"{chunks} {wrong}".Trim();
    }

    /// <summary>The text at a mark, short enough for a line; empty when it holds none.</summary>
    internal static string Piece(string text, PromptMark mark) =>
        mark.Length > LongestPiece ? $"{Begin(text, mark)}…" : Begin(text, mark);

    /// <summary>The first characters of the text at a mark, by which the page sees whether it is still the same.</summary>
    internal static string Begin(string text, PromptMark mark)
    {
        var start = Math.Clamp(mark.Start, 0, text.Length);
        var end = Math.Clamp(mark.Start + Math.Min(mark.Length, LongestPiece), start, text.Length);

        // Half of a character of two units is no text.
        return text[start..(end > start && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    /// <summary>How bad a mark is, in a word before its sentence.</summary>
    internal static string Severity(PromptMarkSeverity severity) => severity switch
    {
        PromptMarkSeverity.Error => "Error",
        PromptMarkSeverity.Warning => "Warning",
        _ => "Hint",
    };
}
