using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Commands;

/// <summary>Extensions without code: a table of entries whose states can be switched.</summary>
internal sealed class ListedExtensions : IExtensionCatalog
{
    private readonly List<ExtensionEntry> _entries = [];

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public IReadOnlyList<ExtensionEntry> Entries => _entries;

    /// <summary>What <see cref="ThrowIfInvalid"/> says; null for nothing.</summary>
    public BadInputException? Refusal { get; set; }

    /// <summary>What an extension becomes when it is switched on.</summary>
    public ExtensionState WhenEnabled { get; set; } = ExtensionState.On;

    public ListedExtensions Add(string id, ExtensionState state = ExtensionState.On, params IEnumerable<GenerationParameter> parameters)
    {
        _entries.Add(new ExtensionEntry(id, state) { Version = "1.2", Name = id, Description = $"Does {id}.", Parameters = [.. parameters] });
        return this;
    }

    public void Change(string id, Func<ExtensionEntry, ExtensionEntry> change)
    {
        var i = _entries.FindIndex(e => e.Id == id);
        _entries[i] = change(_entries[i]);
    }

    /// <summary>A number of 0..10 that stands in the request as text.</summary>
    public static GenerationParameter Number(string id, string name) => new()
    {
        Field = $"ext/{id}/{name}",
        Label = name,
        Kind = ParameterKind.Real,
        Option = $"{id}.{name}",
        Help = "A number.",
        Maximum = 10,
        Get = r => r.Extensions.TryGetValue($"{id}/{name}", out var text) ? double.Parse(text) : 2.5,
        Set = (r, v) => r with { Extensions = new SortedDictionary<string, string>(r.Extensions.ToDictionary()) { [$"{id}/{name}"] = $"{v}" } },
    };

    public ExtensionEntry Enable(string id) => Switch(id, WhenEnabled);

    public ExtensionEntry Disable(string id) => Switch(id, ExtensionState.Off);

    public void Move(string id, bool later) => throw new NotSupportedException();

    public void Refresh()
    {
    }

    public void ThrowIfInvalid(GenerationRequest request)
    {
        if (Refusal is not null)
        {
            throw Refusal;
        }
    }

    public IReadOnlyList<RunExtension> ForRun(GenerationRequest request) =>
        [.. _entries.Where(e => e.State == ExtensionState.On).Select(e => new RunExtension(e.Id, e.Version, _ => []))];

    public void RecordHookFailure(HookFailure failure)
    {
    }

    public void RecordGoodRun(HookLog log)
    {
    }

    private ExtensionEntry Switch(string id, ExtensionState state)
    {
        Change(id, e => e with { State = state, Reason = state == ExtensionState.Broken ? "It does not fit." : null });
        return _entries.Single(e => e.Id == id);
    }
}
