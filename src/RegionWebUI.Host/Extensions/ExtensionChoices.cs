namespace RegionWebUI.Host.Extensions;

/// <summary>What the settings remember: immutable.</summary>
/// <param name="All">Extensions in the user's order, ids unique.</param>
/// <param name="UnlistedAreOff">
/// Whether extensions that are not listed are off even when they came with the program: an earlier file was lost, and with it what was off.
/// </param>
internal sealed record ExtensionChoices(IReadOnlyList<ExtensionChoice> All, bool UnlistedAreOff)
{
    /// <summary>Nothing was ever chosen.</summary>
    public static ExtensionChoices None { get; } = new([], UnlistedAreOff: false);

    /// <summary>What is remembered of an extension; null for nothing.</summary>
    public ExtensionChoice? Find(string id) => All.FirstOrDefault(c => c.Id == id);

    /// <summary>Place in the user's order; those that are not listed come last.</summary>
    public int Rank(string id)
    {
        var rank = All.TakeWhile(c => c.Id != id).Count();
        return rank < All.Count ? rank : int.MaxValue;
    }

    /// <summary>The same with another choice for one extension.</summary>
    public ExtensionChoices With(ExtensionChoice choice) => this with
    {
        All = Find(choice.Id) is null ? [.. All, choice] : [.. All.Select(c => c.Id == choice.Id ? choice : c)],
    };

    /// <summary>The same in another order.</summary>
    /// <param name="ids">All ids, in their new order.</param>
    public ExtensionChoices InOrder(IEnumerable<string> ids) => this with
    {
        All = [.. ids.Select(id => Find(id) ?? new ExtensionChoice(id, On: null))],
    };
}
