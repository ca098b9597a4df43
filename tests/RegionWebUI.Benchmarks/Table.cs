namespace RegionWebUI.Benchmarks;

/// <summary>Rows in the order they were measured, written as a Markdown table.</summary>
internal sealed class Table
{
    private readonly List<Row> _rows = [new("", "this program", "against", "ratio", "goal")];

    public void Add(Row row)
    {
        _rows.Add(row);
        var figures = new[] { row.Value, row.Against, row.Ratio }.Where(cell => cell.Length > 0);
        Console.Error.WriteLine($"measured: {row.What}: {string.Join(", ", figures)}");
    }

    public void AddRange(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    public override string ToString()
    {
        var cells = _rows.Select(r => new[] { r.What, r.Value, r.Against, r.Ratio, r.Goal }).ToList();
        var widths = Enumerable.Range(0, cells[0].Length).Select(c => cells.Max(row => row[c].Length)).ToArray();
        var lines = cells.Select(row => $"| {string.Join(" | ", row.Select((cell, c) => cell.PadRight(widths[c])))} |").ToList();
        lines.Insert(1, $"| {string.Join(" | ", widths.Select(w => new string('-', w)))} |");
        return string.Join('\n', lines) + "\n";
    }
}
