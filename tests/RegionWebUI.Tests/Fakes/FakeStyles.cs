using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Tests.Fakes;

/// <summary>Styles in memory.</summary>
internal sealed class FakeStyles : IStyleShelf
{
    private readonly List<PromptStyle> _styles = [];

    public event Action? Changed;

    public IReadOnlyList<PromptStyle> Styles => [.. _styles];

    public IReadOnlyList<string> Notes => [];

    public PromptStyle? Find(string name) => _styles.Find(s => s.Name == name);

    public void Save(PromptStyle style)
    {
        StyleLimits.ThrowIfInvalid(style);
        _styles.RemoveAll(s => s.Name == style.Name);
        _styles.Add(style);
        Changed?.Invoke();
    }

    public bool Delete(string name)
    {
        var any = _styles.RemoveAll(s => s.Name == name) > 0;
        Changed?.Invoke();
        return any;
    }

    public void Refresh() => Changed?.Invoke();
}
