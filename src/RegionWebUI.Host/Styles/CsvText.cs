using System.Text;

namespace RegionWebUI.Host.Styles;

/// <summary>
/// Comma-separated values as Python's <c>csv</c> module, with which A1111 keeps its styles, reads and writes them: cells in quotes may span
/// lines, a doubled quote is one, spaces after a comma are passed over, and text behind a closing quote belongs to the cell.
/// </summary>
internal static class CsvText
{
    // Each attempt reads to the end of the text, so there must not be one for every line.
    private const int MostUnclosedQuotes = 16;

    private const char Quote = '"';

    /// <summary>The rows of a text; empty lines are none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unclosed">
    /// Told the line, from 1, on which a row begins in which a quote is never closed; reading goes on with the line after it, and the row is
    /// given out as the one cell that the line is.
    /// </param>
    public static List<Row> Read(string text, Action<int> unclosed)
    {
        var rows = new List<Row>();
        var (at, line, failures) = (0, 1, 0);
        while (at < text.Length)
        {
            var (start, startLine) = (at, line);
            var cells = new List<string>();
            if (ReadRow(text, ref at, cells))
            {
                line += text.AsSpan(start, at - start).Count('\n');
                if (cells is not [""])
                {
                    rows.Add(new Row(startLine, cells, IsWhole: true));
                }
            }
            else
            {
                unclosed(startLine);
                failures++;
                var end = failures < MostUnclosedQuotes && text.IndexOf('\n', start) is >= 0 and var newline ? newline + 1 : text.Length;
                rows.Add(new Row(startLine, [text[start..end].TrimEnd('\r', '\n')], IsWhole: false));
                (at, line) = (end, line + text.AsSpan(start, end - start).Count('\n'));
            }
        }

        return rows;
    }

    /// <summary>Adds one row in the form in which A1111 writes it.</summary>
    public static void Write(StringBuilder text, Row row)
    {
        text.AppendJoin(',', row.Cells.Select(Quoted)).Append("\r\n");
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny("\",\r\n") || cell.StartsWith(' ')
            ? $"{Quote}{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}{Quote}"
            : cell;

    /// <summary>Reads one row and passes over the end of its line; false when a quote in it is never closed.</summary>
    private static bool ReadRow(string text, ref int at, List<string> cells)
    {
        var cell = new StringBuilder();
        while (true)
        {
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            if (at < text.Length && text[at] == Quote && !ReadQuoted(text, ref at, cell))
            {
                return false;
            }

            var end = text.AsSpan(at).IndexOfAny(",\r\n") is >= 0 and var found ? at + found : text.Length;
            cells.Add(cell.Append(text, at, end - at).ToString());
            cell.Clear();
            at = end;
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            at += text.AsSpan(at).StartsWith("\r\n") ? 2 : at < text.Length ? 1 : 0;
            return true;
        }
    }

    private static bool ReadQuoted(string text, ref int at, StringBuilder cell)
    {
        at++;
        while (text.IndexOf(Quote, at) is >= 0 and var end)
        {
            cell.Append(text, at, end - at);
            at = end + 1;
            if (at == text.Length || text[at] != Quote)
            {
                return true;
            }

            cell.Append(Quote);
            at++;
        }

        return false;
    }

    /// <summary>One row.</summary>
    /// <param name="Line">The line of the text, from 1, on which it begins; 0 for one that is new.</param>
    /// <param name="Cells">Its cells; one with an open quote has one, its line as it stands there.</param>
    /// <param name="IsWhole">Whether every quote in it is closed.</param>
    internal sealed record Row(int Line, IReadOnlyList<string> Cells, bool IsWhole);
}
