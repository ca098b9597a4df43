using System.Runtime.ExceptionServices;
using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>Shows what long hooks report, and hooks that have said nothing for ten seconds.</summary>
internal sealed class HookWatch(IGenerationObserver? observer, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private HookOwner? _owner;
    private HookKind _kind;
    private long _lastWord;
    private long _entered;
    private bool _shown;
    private ITimer? _timer;
    private ExceptionDispatchInfo? _observerError;

    /// <summary>Begins to look for silent hooks.</summary>
    public void Start()
    {
        if (observer is not null)
        {
            _timer = clock.CreateTimer(_ => Look(), null, _period, _period);
        }
    }

    /// <summary>A hook is at work.</summary>
    public void Enter(HookOwner owner, HookKind kind)
    {
        lock (_gate)
        {
            (_owner, _kind) = (owner, kind);
            _lastWord = _entered = clock.GetTimestamp();
        }
    }

    /// <summary>The hook has ended. What the observer threw meanwhile is thrown here: it is the run's error, never the hook's.</summary>
    public void Leave()
    {
        Forget();
        _observerError?.Throw();
    }

    /// <summary>A hook says what it does; words of one that is not at work are not shown.</summary>
    public void Report(HookOwner owner, string what)
    {
        lock (_gate)
        {
            if (_owner == owner)
            {
                _lastWord = clock.GetTimestamp();
                Show(ErrorText.Line(what));
            }
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        Forget();
    }

    private void Forget()
    {
        lock (_gate)
        {
            if (_shown && _owner is not null)
            {
                Show("");
            }

            (_owner, _shown) = (null, false);
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_owner is not null && clock.GetElapsedTime(_lastWord) > _patience)
            {
                Show($"has been at work for {clock.GetElapsedTime(_entered).TotalSeconds:0} s without a word");
            }
        }
    }

    private void Show(string text)
    {
        _shown = true;
        try
        {
            observer?.OnHook(new HookNews(_owner!.Id, _kind, text));
        }
        catch (Exception error)
        {
            // The hook, or the timer with nobody above it, cannot do anything about it.
            _observerError ??= ExceptionDispatchInfo.Capture(error);
        }
    }
}
