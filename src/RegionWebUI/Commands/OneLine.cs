namespace RegionWebUI.Commands;

/// <summary>Brings what others said into a sentence of the program's own.</summary>
internal static class OneLine
{
    /// <summary>The text in one line, without the full stop at its end.</summary>
    public static string Of(string message) => message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
