using System.Runtime.ExceptionServices;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>
/// The hooks of one run, by stage and in order, and the one way to call them: between two calls the run can be cancelled, each call is
/// timed and recorded, and whatever an extension throws is known as its own.
/// </summary>
internal sealed class HookRun : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellation;
    private readonly List<HookCall> _calls = [];
    private readonly List<HookOwner> _active = [];
    private readonly HookWatch _watch;
    private HookException? _failure;

    /// <summary>Makes the hooks of every extension.</summary>
    /// <param name="builtIns">The engine's own, which come first in every stage.</param>
    /// <param name="extensions">Extensions in their order.</param>
    /// <param name="run">What each extension is told about the run.</param>
    /// <param name="observer">Told about hooks that report or are silent for long; null for nobody.</param>
    /// <param name="clock">Measures the calls.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="HookException">An extension could not make its hooks.</exception>
    public HookRun(
        IReadOnlyList<OwnedHook<IHook>> builtIns,
        IReadOnlyList<RunExtension> extensions,
        Func<RunExtension, IRun> run,
        IGenerationObserver? observer,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        _clock = clock;
        _cancellation = cancellation;
        _watch = new HookWatch(observer, clock);
        var hooks = new List<OwnedHook<IHook>>(builtIns);
        if (extensions.Count > 0)
        {
            _watch.Start();
        }

        try
        {
            foreach (var extension in extensions)
            {
                var owner = new HookOwner(extension.Id, extension.Version) { ParameterNames = [.. extension.Values.Select(v => v.Key)] };
                IReadOnlyList<IHook> made = [];
                Call(owner, HookKind.Create, -1, () => made = [.. (extension.CreateHooks(run(extension)) ?? []).Select(
                    hook => hook ?? throw new InvalidOperationException("One of the hooks it made is null."))]);
                if (made.Count > 0)
                {
                    _active.Add(owner);
                }
                else
                {
                    _calls.RemoveAt(_calls.Count - 1);
                }

                hooks.AddRange(made.Select(hook => new OwnedHook<IHook>(owner, hook)));
            }
        }
        catch
        {
            _watch.Dispose();
            throw;
        }

        if (_active.Count == 0 && extensions.All(e => e.Samplers.Count == 0))
        {
            _watch.Dispose();
        }

        Start = Of<IStartHook>(hooks);
        Plan = Of<IPlanHook>(hooks);
        Combine = Of<ICombineHook>(hooks);
        Fuse = Of<IFuseHook>(hooks);
        Guide = Of<IGuideHook>(hooks);
        Blend = Of<IBlendHook>(hooks);
        Image = Of<IImageHook>(hooks);
    }

    public IReadOnlyList<OwnedHook<IStartHook>> Start { get; }

    public IReadOnlyList<OwnedHook<IPlanHook>> Plan { get; }

    public IReadOnlyList<OwnedHook<ICombineHook>> Combine { get; }

    public IReadOnlyList<OwnedHook<IFuseHook>> Fuse { get; }

    public IReadOnlyList<OwnedHook<IGuideHook>> Guide { get; }

    public IReadOnlyList<OwnedHook<IBlendHook>> Blend { get; }

    public IReadOnlyList<OwnedHook<IImageHook>> Image { get; }

    public CancellationToken Cancellation => _cancellation;

    /// <summary>Extensions that made hooks, in order.</summary>
    public IReadOnlyList<HookOwner> Active => _active;

    /// <summary>Calls so far.</summary>
    public IReadOnlyList<HookCall> Calls => _calls;

    /// <summary>A run in which nothing is hooked.</summary>
    public static HookRun None(CancellationToken cancellation) =>
        new([], [], _ => throw new InvalidOperationException(), null, TimeProvider.System, cancellation);

    /// <summary>Calls a hook that returns at once.</summary>
    /// <exception cref="HookException">It threw.</exception>
    public void Call(HookOwner owner, HookKind kind, int step, Action call)
    {
        var started = Enter(owner, kind);
        try
        {
            call();
        }
        catch (Exception error) when (IsUnclear(owner, error))
        {
            throw Judge(owner, kind, step, error);
        }
        finally
        {
            _watch.Leave();
        }

        Record(owner, kind, step, _clock.GetElapsedTime(started));
    }

    /// <summary>Calls a hook that may wait.</summary>
    /// <exception cref="HookException">It threw, at once or later, or gave no task.</exception>
    public async Task CallAsync(HookOwner owner, HookKind kind, int step, Func<Task> call)
    {
        var started = Enter(owner, kind);
        try
        {
            await (call() ?? throw new InvalidOperationException("The hook returned no task.")).ConfigureAwait(false);
        }
        catch (Exception error) when (IsUnclear(owner, error))
        {
            throw Judge(owner, kind, step, error);
        }
        finally
        {
            _watch.Leave();
        }

        Record(owner, kind, step, _clock.GetElapsedTime(started));
    }

    /// <summary>Calls a hook that wraps; what it wraps is not counted as its time.</summary>
    /// <param name="owner">Whose hook it is.</param>
    /// <param name="kind">The stage.</param>
    /// <param name="step">Sampler step.</param>
    /// <param name="call">The hook.</param>
    /// <param name="next">What it wraps.</param>
    /// <param name="check">Looks at what the hook gave, unless that is what <paramref name="next"/> gave.</param>
    /// <exception cref="HookException">It, or a hook inside it, threw.</exception>
    public Latent Wrap(HookOwner owner, HookKind kind, int step, Func<Func<Latent>, Latent> call, Func<Latent> next, Action<Latent> check)
    {
        var inside = TimeSpan.Zero;
        var isOver = false;
        Latent? wrapped = null;
        var started = Enter(owner, kind);
        Latent result;
        try
        {
            result = call(Next) ?? throw new InvalidOperationException("The hook returned nothing.");
            if (!ReferenceEquals(result, wrapped))
            {
                check(result);
            }
        }
        catch (Exception error) when (IsUnclear(owner, error))
        {
            throw Judge(owner, kind, step, error);
        }
        finally
        {
            isOver = true;
            _watch.Leave();
        }

        // A hook inside may have failed and this one have gone on regardless.
        if (_failure is not null)
        {
            throw _failure;
        }

        Record(owner, kind, step, _clock.GetElapsedTime(started) - inside);
        return result;

        Latent Next()
        {
            if (isOver)
            {
                throw new InvalidOperationException("What a hook wraps was asked for after the call of the hook had ended.");
            }

            var asked = _clock.GetTimestamp();
            try
            {
                return wrapped = next();
            }
            finally
            {
                inside += _clock.GetElapsedTime(asked);
                _watch.Enter(owner, kind);
            }
        }
    }

    /// <summary>Calls the sampler of an extension, which calls back into the run through <see cref="InsideAsync"/>.</summary>
    /// <param name="owner">Whose sampler it is.</param>
    /// <param name="walk">What becomes known of the call on its way.</param>
    /// <param name="call">The sampler.</param>
    /// <exception cref="HookException">It, or a hook inside it, threw.</exception>
    public async Task<double[]> WalkAsync(HookOwner owner, HookWalk walk, Func<Task<double[]>> call)
    {
        var started = Enter(owner, HookKind.Sample);
        double[] result;
        try
        {
            result = await call().ConfigureAwait(false);
        }
        catch (Exception error) when (walk.Error is not null || IsUnclear(owner, error))
        {
            walk.Error?.Throw();
            throw Judge(owner, HookKind.Sample, walk.Step, error);
        }
        finally
        {
            _watch.Leave();
        }

        walk.Error?.Throw();
        Record(owner, HookKind.Sample, -1, _clock.GetElapsedTime(started) - walk.Inside);
        return result;
    }

    /// <summary>The run at work inside the call of a sampler, which is not the sampler's time; its errors are kept.</summary>
    public async Task<double[]> InsideAsync(HookOwner owner, HookWalk walk, Func<Task<double[]>> work)
    {
        walk.Error?.Throw();
        var asked = _clock.GetTimestamp();
        try
        {
            _watch.Leave();
            return await work().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            walk.Error = ExceptionDispatchInfo.Capture(error);
            throw;
        }
        finally
        {
            walk.Inside += _clock.GetElapsedTime(asked);
            _watch.Enter(owner, HookKind.Sample);
        }
    }

    /// <summary>Blames an extension for what it left behind.</summary>
    public HookException Fail(HookOwner owner, HookKind kind, int step, Exception error)
    {
        _failure ??= new HookException(
            new HookFailure(owner.Id, owner.Version, kind, step, ErrorText.OneLine(error), ErrorText.Details(error)), error);
        return _failure;
    }

    /// <summary>Passes on what a hook says it does.</summary>
    public void Report(HookOwner owner, string what) => _watch.Report(owner, what);

    /// <summary>Ends the watch over slow hooks.</summary>
    public void Dispose() => _watch.Dispose();

    private static OwnedHook<T>[] Of<T>(IEnumerable<OwnedHook<IHook>> hooks)
        where T : class, IHook => [.. hooks.Where(h => h.Hook is T).Select(h => new OwnedHook<T>(h.Owner, (T)h.Hook))];

    private long Enter(HookOwner owner, HookKind kind)
    {
        _cancellation.ThrowIfCancellationRequested();
        _watch.Enter(owner, kind);
        return _clock.GetTimestamp();
    }

    private void Record(HookOwner owner, HookKind kind, int step, TimeSpan time)
    {
        if (!owner.IsBuiltIn)
        {
            _calls.Add(new HookCall(owner.Id, kind, step, time.TotalMilliseconds));
        }
    }

    // The engine's own hooks, a cancelled run and a device that failed under a hook are nobody's fault.
    private bool IsUnclear(HookOwner owner, Exception error) =>
        !owner.IsBuiltIn && error is not (HookException or DeviceException or ModelException)
        && !(error is OperationCanceledException && _cancellation.IsCancellationRequested);

    /// <summary>
    /// What goes up for an exception of a hook. One that waits without awaiting wraps the engine's own errors, and one that is cut short
    /// by a cancellation throws whatever it likes.
    /// </summary>
    private Exception Judge(HookOwner owner, HookKind kind, int step, Exception error)
    {
        if (_cancellation.IsCancellationRequested)
        {
            return new OperationCanceledException(null, error, _cancellation);
        }

        return (error as AggregateException)?.Flatten().InnerExceptions.FirstOrDefault(e => e is DeviceException or ModelException) switch
        {
            DeviceException device => new DeviceException(device.Message, error),
            ModelException model => new ModelException(model.Message, error),
            _ => Fail(owner, kind, step, error),
        };
    }
}
