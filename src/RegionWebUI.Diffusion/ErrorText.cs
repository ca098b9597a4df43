using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace RegionWebUI.Diffusion;

/// <summary>
/// Words for exceptions of foreign code, which may have no message, an endless one, or one whose getter throws, and may hold themselves.
/// <see cref="Exception.ToString"/> is never called: it can be overridden and does not end on an exception that holds itself.
/// </summary>
public static class ErrorText
{
    private const int LongestLine = 240;
    private const int LongestDetails = 8000;
    private const int Deepest = 8;

    /// <summary>Kind and message in one line of bounded length; wrappers without a meaning of their own are taken off.</summary>
    /// <param name="error">Any exception.</param>
    public static string OneLine(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        for (var i = 0; i < Deepest && error is TargetInvocationException or TypeInitializationException or AggregateException; i++)
        {
            error = error.InnerException ?? error;
        }

        var message = Message(error);
        return Line(message.Length == 0 ? error.GetType().Name : $"{error.GetType().Name}: {message}");
    }

    /// <summary>Any text as one line of bounded length, without control characters; empty for null.</summary>
    /// <param name="text">The text.</param>
    public static string Line(string? text)
    {
        var line = new StringBuilder();
        foreach (var c in text ?? "")
        {
            if (line.Length > LongestLine)
            {
                break;
            }

            var gap = char.IsControl(c) || char.IsWhiteSpace(c) || c is '\u2028' or '\u2029';
            if (!gap)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.Length > LongestLine ? line.ToString(0, LongestLine) + "..." : line.ToString().TrimEnd();
    }

    /// <summary>Kinds, messages and stacks of an exception and those inside it, for a log; of bounded length.</summary>
    /// <param name="error">Any exception.</param>
    public static string Details(Exception error)
    {
        var text = new StringBuilder();
        Exception? next = error;
        for (var i = 0; i < Deepest && next is not null && text.Length < LongestDetails; i++, next = next.InnerException)
        {
            var message = Line(Message(next));
            text.Append(i == 0 ? "" : "---> ").Append(next.GetType().FullName).Append(message.Length > 0 ? ": " : "").AppendLine(message);
            text.Append(new StackTrace(next, fNeedFileInfo: true).ToString());
        }

        return text.ToString(0, Math.Min(text.Length, LongestDetails)).TrimEnd();
    }

    private static string Message(Exception error)
    {
        if (error is AggregateException)
        {
            // Its message is put together from those inside, without an end when it holds itself.
            return "";
        }

        try
        {
            return error.Message ?? "";
        }
        catch (Exception)
        {
            // The getter is the extension's code as well; the kind of the error is all that can be said then.
            return "its message cannot be read";
        }
    }
}
