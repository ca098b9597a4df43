namespace RegionWebUI.Diffusion.Hooks;

/// <summary>What extensions did in a run.</summary>
/// <param name="Extensions">Extensions whose hooks ran to the end, in their order, as "id version".</param>
/// <param name="Calls">Every call, in order; those of a run that was started once more are not among them.</param>
/// <param name="Failures">Extensions the run went on without.</param>
public sealed record HookLog(IReadOnlyList<string> Extensions, IReadOnlyList<HookCall> Calls, IReadOnlyList<HookFailure> Failures)
{
    /// <summary>The log of a run without extensions.</summary>
    public static HookLog Empty { get; } = new([], [], []);

    /// <summary>The calls summed up by extension and stage, in the order of their first call.</summary>
    public IReadOnlyList<HookUse> Summary() =>
        [.. Calls.GroupBy(c => (c.Extension, c.Kind)).Select(g => new HookUse(
            g.Key.Extension,
            VersionOf(g.Key.Extension),
            g.Key.Kind,
            g.Count(),
            g.Sum(c => c.Milliseconds),
            g.Max(c => c.Milliseconds)))];

    private string VersionOf(string id) =>
        Extensions.FirstOrDefault(e => e.StartsWith(id + " ", StringComparison.Ordinal))?[(id.Length + 1)..] ?? "";
}
