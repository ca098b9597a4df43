namespace RegionWebUI.Architecture.Tests.Budgets;

/// <summary>The list of places that may break a budget, with the reason of each.</summary>
internal sealed class BudgetExceptions
{
    private readonly List<(string Rule, string Place)> _entries = [];
    private readonly List<string> _faults = [];

    /// <summary>Reads the list: <c>rule place: reason</c>, one a line; lines that start with # are comments.</summary>
    public BudgetExceptions(string text)
    {
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var (head, reason) = Cut(line, ": ");
            var (rule, place) = Cut(head, " ");
            if (reason.Trim().Length < 10)
            {
                _faults.Add($"'{line}' does not say why (rule place: reason).");
            }

            _entries.Add((rule, place.Trim()));
        }
    }

    /// <summary>Breaches that no exception names, exceptions that name no breach, and exceptions without a reason.</summary>
    public IEnumerable<string> Judge(IReadOnlyCollection<Breach> breaches) =>
    [
        .. _faults,
        .. breaches.Where(b => !_entries.Contains((b.Rule, b.Place))).Select(b => $"{b.Rule} {b.Place}: {b.Message}"),
        .. _entries.Where(e => !breaches.Any(b => (b.Rule, b.Place) == e)).Select(e => $"the exception '{e.Rule} {e.Place}' is no longer needed"),
    ];

    private static (string Before, string After) Cut(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + mark.Length)..]);
    }
}
