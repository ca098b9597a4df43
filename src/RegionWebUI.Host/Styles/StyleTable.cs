using System.Globalization;
using System.Text;
using RegionWebUI.Diffusion;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Host.Styles;

/// <summary>
/// A1111's <c>styles.csv</c>: the columns <c>name</c>, <c>prompt</c> (<c>text</c> in old files) and <c>negative_prompt</c>. Rows that are no
/// styles (comments, damage) and further columns are kept as they are when the table is written. Immutable.
/// </summary>
internal sealed class StyleTable
{
    private const string Name = "name";
    private const string Prompt = "prompt";
    private const string OldPrompt = "text";
    private const string Negative = "negative_prompt";
    private const int MostColumns = 64;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IReadOnlyList<string> _columns;
    private readonly IReadOnlyList<Entry> _entries;

    private StyleTable(IReadOnlyList<string> columns, IReadOnlyList<Entry> entries, IReadOnlyList<string> notes)
    {
        _columns = columns;
        _entries = entries;
        Notes = notes;
        Styles = [.. entries.Select(e => e.Style).OfType<PromptStyle>()];
    }

    /// <summary>A table without styles.</summary>
    public static StyleTable Empty { get; } = new([Name, Prompt, Negative], [], []);

    /// <summary>The styles; of rows of one name the last one's texts stand in the first one's place, as in A1111.</summary>
    public IReadOnlyList<PromptStyle> Styles { get; }

    /// <summary>One sentence for each row that could not be read.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no file of styles at all; half a sentence says why.</exception>
    public static StyleTable Parse(ReadOnlySpan<byte> file)
    {
        var notes = new List<string>();
        var rows = CsvText.Read(Decode(file), line => notes.Add(At(line, "a quote is never closed")));
        if (rows.Count == 0)
        {
            return Empty;
        }

        IReadOnlyList<string> columns = rows[0].Cells;
        if (!columns.Contains(Name) || !(columns.Contains(Prompt) || columns.Contains(OldPrompt)))
        {
            throw new FormatException($"its first line does not name the columns '{Name}' and '{Prompt}'");
        }

        if (columns.Count > MostColumns)
        {
            throw new FormatException($"it has more than {MostColumns} columns");
        }

        var entries = new List<Entry>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows.Skip(1))
        {
            // An open quote would take in what is written behind it, so its line is kept as a comment.
            var entry = row.IsWhole
                ? new Entry(row, StyleOf(columns, row, notes))
                : new Entry(row with { Cells = ["# " + row.Cells[0]] }, null);
            if (entry.Style is { } style && !places.TryAdd(style.Name, entries.Count))
            {
                entries[places[style.Name]] = entry;
            }
            else
            {
                entries.Add(entry);
            }
        }

        return new StyleTable(columns, entries, notes);
    }

    /// <summary>The file as A1111 writes it: UTF-8 with a byte order mark, lines ending in CR LF.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder("\uFEFF");
        CsvText.Write(text, new CsvText.Row(0, _columns, IsWhole: true));
        foreach (var entry in _entries)
        {
            CsvText.Write(text, entry.Row);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The table with a style, in the place of the one of its name or else behind all.</summary>
    public StyleTable With(PromptStyle style)
    {
        var columns = _columns.Contains(Negative) ? _columns : [.. _columns, Negative];
        var place = IndexOf(style.Name);
        var old = place < 0 ? [] : _entries[place].Row.Cells;
        var cells = columns.Select((column, i) => column switch
        {
            Name => style.Name,
            Prompt => style.Prompt,
            OldPrompt when !columns.Contains(Prompt) => style.Prompt,
            Negative => style.NegativePrompt,
            _ => i < old.Count ? old[i] : "",
        });
        var entry = new Entry(new CsvText.Row(0, [.. cells], IsWhole: true), style);
        return new StyleTable(columns, place < 0 ? [.. _entries, entry] : [.. _entries.Select((e, i) => i == place ? entry : e)], Notes);
    }

    /// <summary>The table without a style; itself when there is none of that name.</summary>
    public StyleTable Without(string name)
    {
        var place = IndexOf(name);
        return place < 0 ? this : new StyleTable(_columns, [.. _entries.Where((_, i) => i != place)], Notes);
    }

    private int IndexOf(string name) => _entries.Select(e => e.Style?.Name).ToList().IndexOf(name);

    private static string Decode(ReadOnlySpan<byte> file)
    {
        try
        {
            var text = _strict.GetString(file);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("it is not UTF-8");
        }
    }

    private static PromptStyle? StyleOf(IReadOnlyList<string> columns, CsvText.Row row, List<string> notes)
    {
        string Cell(string column) => columns.ToList().IndexOf(column) is >= 0 and var i && i < row.Cells.Count ? row.Cells[i] : "";

        var name = Cell(Name);
        if (name.StartsWith('#'))
        {
            return null;
        }

        var style = new PromptStyle(name, columns.Contains(Prompt) ? Cell(Prompt) : Cell(OldPrompt), Cell(Negative));
        if (row.Cells.Count > columns.Count)
        {
            notes.Add(At(row.Line, string.Create(CultureInfo.InvariantCulture, $"it has {row.Cells.Count} cells for {columns.Count} columns")));
            return null;
        }

        if (StyleLimits.Problem(style) is (_, var sentence))
        {
            notes.Add(At(row.Line, ErrorText.Line(sentence).TrimEnd('.')));
            return null;
        }

        return style;
    }

    private static string At(int line, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"The style on line {line} is passed over: {reason}.");

    private sealed record Entry(CsvText.Row Row, PromptStyle? Style);
}
