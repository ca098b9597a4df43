using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Host.Styles;

/// <summary>The shelf of a program that keeps no styles.</summary>
public sealed class NoStyles : IStyleShelf
{
    private NoStyles()
    {
    }

    /// <summary>The one there is.</summary>
    public static NoStyles Instance { get; } = new();

    /// <inheritdoc/>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PromptStyle> Styles => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => [];

    /// <inheritdoc/>
    public PromptStyle? Find(string name) => null;

    /// <inheritdoc/>
    public void Save(PromptStyle style) => throw new IOException("There is no place to keep styles in.");

    /// <inheritdoc/>
    public bool Delete(string name) => false;

    /// <inheritdoc/>
    public void Refresh()
    {
    }
}
