namespace RegionWebUI.Diffusion;

/// <summary>What people are told about an exception of foreign code, whose members may themselves throw.</summary>
public static class ErrorText
{
    private const int MostCharacters = 300;

    /// <summary>The error in one line of at most 300 characters, with its type where its message says nothing.</summary>
    /// <param name="error">Any exception.</param>
    public static string OneLine(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var message = Ask(error, e => e.Message)?.ReplaceLineEndings(" ").Trim() ?? "";
        var text = message.Length == 0 ? error.GetType().Name : $"{error.GetType().Name}: {message}";
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }

    /// <summary>All that is known about the error, at most 10,000 characters.</summary>
    /// <param name="error">Any exception.</param>
    public static string Details(Exception error)
    {
        const int most = 10_000;
        ArgumentNullException.ThrowIfNull(error);
        var text = Ask(error, e => e.ToString()) ?? error.GetType().FullName ?? "";
        return text.Length <= most ? text : text[..most] + "…";
    }

    private static string? Ask(Exception error, Func<Exception, string?> question)
    {
        try
        {
            return question(error);
        }
        catch (Exception worse)
        {
            // An exception that cannot say what it is: its type must do.
            return $"(its description failed with {worse.GetType().Name})";
        }
    }
}
