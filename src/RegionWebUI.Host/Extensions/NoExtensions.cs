using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions;

/// <summary>The catalog of a program without extensions.</summary>
public sealed class NoExtensions : IExtensionCatalog
{
    private NoExtensions()
    {
    }

    /// <summary>The one there is.</summary>
    public static NoExtensions Instance { get; } = new();

    /// <inheritdoc/>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExtensionEntry> Entries => [];

    /// <inheritdoc/>
    public ExtensionEntry Enable(string id) => throw Unknown(id);

    /// <inheritdoc/>
    public ExtensionEntry Disable(string id) => throw Unknown(id);

    /// <inheritdoc/>
    public void Move(string id, bool later) => throw Unknown(id);

    /// <inheritdoc/>
    public void Refresh()
    {
    }

    /// <inheritdoc/>
    public void ThrowIfInvalid(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Extensions.Keys.FirstOrDefault() is { } key)
        {
            throw new BadInputException(
                InfotextKeys.ExtensionPrefix + key, $"The value '{NameSuggestion.Shortened(key)}' belongs to no extension that is on.");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunExtension> ForRun(GenerationRequest request)
    {
        ThrowIfInvalid(request);
        return [];
    }

    /// <inheritdoc/>
    public void RecordHookFailure(HookFailure failure)
    {
    }

    /// <inheritdoc/>
    public void RecordGoodRun(HookLog log)
    {
    }

    private static BadInputException Unknown(string id) => new("Id", $"There is no extension '{NameSuggestion.Shortened(id)}'.");
}
