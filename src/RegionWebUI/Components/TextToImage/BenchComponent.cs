using Microsoft.AspNetCore.Components;

namespace RegionWebUI.Components.TextToImage;

/// <summary>A part of the page that renders itself, and only itself, when its part of the state changes.</summary>
public abstract class BenchComponent : ComponentBase, IDisposable
{
    [Inject]
    internal Workbench Bench { get; set; } = null!;

    /// <summary>Unsubscribes.</summary>
    public void Dispose()
    {
        Listen(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Listen(true);

    /// <summary>Adds or removes the handlers of the events this part follows.</summary>
    /// <param name="on">True to add.</param>
    protected abstract void Listen(bool on);

    /// <summary>Renders this part from any thread.</summary>
    protected void Refresh() => _ = InvokeAsync(StateHasChanged);
}
