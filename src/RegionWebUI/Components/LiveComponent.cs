using Microsoft.AspNetCore.Components;

namespace RegionWebUI.Components;

/// <summary>A part of the page that renders itself, and only itself, when what it follows changes, be it from another thread.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private bool _closed;

    /// <summary>Unsubscribes.</summary>
    public void Dispose()
    {
        _closed = true;
        Listen(false);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Listen(true);

    /// <summary>Adds or removes the handlers of the events this part follows.</summary>
    /// <param name="on">True to add.</param>
    protected abstract void Listen(bool on);

    /// <summary>
    /// Runs something on the page's own thread, from any thread, unless this part is gone by then. What it throws ends the page visibly,
    /// as an error in a click does.
    /// </summary>
    /// <param name="change">Takes the new state and renders.</param>
    protected void Refresh(Action change) => _ = RefreshAsync(change);

    private async Task RefreshAsync(Action change)
    {
        try
        {
            await InvokeAsync(() =>
            {
                if (!_closed)
                {
                    change();
                }
            });
        }
        catch (Exception error)
        {
            // Nobody awaits this: the renderer must hear of it, or the page would stand still without a word.
            await DispatchExceptionAsync(error);
        }
    }
}
