using System.Collections.Immutable;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Fakes;

/// <summary>A catalog of two extensions with parameters of every kind, and whatever else a test puts in.</summary>
internal sealed class FakeCatalog : IExtensionCatalog
{
    public event Action? Changed;

    public IReadOnlyList<ExtensionEntry> Entries { get; private set; } = [Mixed("mixed"), Plain("plain")];

    public int Listeners => Changed?.GetInvocationList().Length ?? 0;

    /// <summary>What the next change throws.</summary>
    public Exception? Refusal { get; set; }

    public int Refreshes { get; private set; }

    public static ExtensionEntry Plain(string id, ExtensionState state = ExtensionState.On) =>
        new(id, state) { Name = $"The {id} one", Version = "1.2.3", Description = $"Does {id} things.", Folder = $"/extensions/{id}" };

    public static ExtensionEntry Mixed(string id) => Plain(id) with
    {
        Parameters =
        [
            Parameter(id, "words", "Words", ParameterKind.Text, "") with { Lines = 3, Maximum = 100, Help = "One for each." },
            Parameter(id, "line", "Line", ParameterKind.Text, "x") with { Maximum = 100 },
            Parameter(id, "count", "Count", ParameterKind.Whole, 2L) with { Minimum = 1, Maximum = 9, Help = "How many." },
            Parameter(id, "factor", "Factor", ParameterKind.Real, 0.7) with
            {
                Minimum = double.NegativeInfinity, Maximum = double.PositiveInfinity, Step = 0.1, Help = "How much.",
            },
            Parameter(id, "axis", "Axis", ParameterKind.Choice, "Width") with { Choices = ["Width", "Height"] },
            Parameter(id, "hard", "Hard edges", ParameterKind.Flag, false) with { Help = "No feather." },
        ],
    };

    public static GenerationParameter Parameter(string id, string name, string label, ParameterKind kind, object otherwise) => new()
    {
        Field = $"ext/{id}/{name}",
        Label = label,
        Kind = kind,
        Option = $"{id}.{name}",
        Help = "",
        Get = r => r.Extensions.TryGetValue($"{id}/{name}", out var text) ? Read(kind, text) : otherwise,
        Set = (r, value) =>
        {
            if (Equals(value, otherwise) && !r.Extensions.ContainsKey($"{id}/{name}"))
            {
                return r;
            }

            var set = r.Extensions.ToImmutableSortedDictionary(StringComparer.Ordinal);
            return r with { Extensions = Equals(value, otherwise) ? set.Remove($"{id}/{name}") : set.SetItem($"{id}/{name}", Text(value)) };
        },
    };

    /// <summary>Makes the list another one and tells everybody.</summary>
    public void Become(params ExtensionEntry[] entries)
    {
        Entries = entries;
        Changed?.Invoke();
    }

    public ExtensionEntry Enable(string id) => Switch(id, ExtensionState.On);

    public ExtensionEntry Disable(string id) => Switch(id, ExtensionState.Off);

    public void Move(string id, bool later)
    {
        Refuse();
        var entries = Entries.ToList();
        var at = entries.FindIndex(e => e.Id == id);
        var entry = entries[at];
        entries.RemoveAt(at);
        entries.Insert(at + (later ? 1 : -1), entry);
        Become([.. entries]);
    }

    public void RecordHookFailure(HookFailure failure)
    {
    }

    public void RecordGoodRun(HookLog log)
    {
    }

    public void Refresh()
    {
        Refuse();
        Refreshes++;
    }

    public void ThrowIfInvalid(GenerationRequest request)
    {
    }

    public IReadOnlyList<RunExtension> ForRun(GenerationRequest request) => [];

    private static object Read(ParameterKind kind, string text) => kind switch
    {
        ParameterKind.Whole => long.Parse(text),
        ParameterKind.Real => double.Parse(text),
        ParameterKind.Flag => bool.Parse(text),
        _ => text,
    };

    private static string Text(object value) => value is bool flag ? (flag ? "true" : "false") : FormattableString.Invariant($"{value}");

    private ExtensionEntry Switch(string id, ExtensionState state)
    {
        Refuse();
        var entry = Entries.FirstOrDefault(e => e.Id == id) ?? throw new BadInputException("Id", $"There is no extension '{id}'.");
        entry = entry with { State = state };
        Become([.. Entries.Select(e => e.Id == id ? entry : e)]);
        return entry;
    }

    private void Refuse()
    {
        if (Refusal is { } refusal)
        {
            Refusal = null;
            throw refusal;
        }
    }
}
