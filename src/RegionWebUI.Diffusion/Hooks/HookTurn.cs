namespace RegionWebUI.Diffusion.Hooks;

/// <summary>
/// The time in which a hook may use the context it was given. What a hook keeps and uses later, on whatever thread, would change the run
/// behind everybody's back.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="owner">Whose hook it is.</param>
internal sealed class HookTurn(HookRun run, HookOwner owner) : IDisposable
{
    private readonly Lock _gate = new();
    private bool _isOver;

    /// <summary>Cancelled with the run.</summary>
    public CancellationToken Cancellation => run.Cancellation;

    /// <summary>Passes on what the hook says it does; nothing when it is not at work.</summary>
    public void Report(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        run.Report(owner, what);
    }

    /// <summary>Changes something of the run.</summary>
    /// <exception cref="InvalidOperationException">The call of the hook has ended.</exception>
    public void Change(Action change)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                throw new InvalidOperationException("The context of a hook was used after the call it was given to had ended.");
            }

            change();
        }
    }

    /// <summary>The call has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }
    }
}
