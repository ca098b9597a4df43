namespace RegionWebUI.Onnx.Runtime;

/// <summary>
/// Loaded sessions, least recently used first to go when their weights exceed the budget. A session in use, and the one just asked for,
/// stay however large.
/// </summary>
public sealed class SessionCache(long budgetBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _byUse = [];
    private bool _disposed;

    /// <summary>Bytes of weights held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return Loaded.Sum(e => e.WeightBytes);
            }
        }
    }

    private IEnumerable<Entry> Loaded => _byUse.Where(e => e.Session.IsValueCreated);

    /// <summary>Runs an action on the session of a key, which is built when it is not there; others of other keys go on meanwhile.</summary>
    /// <param name="key">What the session was built for.</param>
    /// <param name="load">Builds it.</param>
    /// <param name="action">Uses it.</param>
    /// <param name="expectedBytes">
    /// Weights it will hold, in bytes: that much room is made before it is built. 0 where that is not known; then room is made afterwards.
    /// </param>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public void Use(SessionKey key, Func<IGraphSession> load, Action<IGraphSession> action, long expectedBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(action);
        var entry = Take(key, load);
        try
        {
            if (!entry.Session.IsValueCreated)
            {
                Trim(expectedBytes);
            }

            var session = Open(entry);
            Trim(0);
            action(session);
        }
        finally
        {
            Release(entry);
        }
    }

    /// <summary>Drops every session; one in use is dropped when its user is done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var idle in _byUse.Where(e => e.Users == 0).ToList())
            {
                Drop(idle);
            }
        }
    }

    private Entry Take(SessionKey key, Func<IGraphSession> load)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var entry = _byUse.FirstOrDefault(e => e.Key == key);
            if (entry is null)
            {
                entry = new Entry(key, new Lazy<IGraphSession>(load));
            }
            else
            {
                _byUse.Remove(entry);
            }

            _byUse.AddLast(entry);
            entry.Users++;
            return entry;
        }
    }

    private IGraphSession Open(Entry entry)
    {
        try
        {
            return entry.Session.Value;
        }
        catch
        {
            lock (_gate)
            {
                _byUse.Remove(entry);
            }

            throw;
        }
    }

    private void Release(Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            if (_disposed && entry.Users == 0)
            {
                Drop(entry);
            }
        }
    }

    private void Trim(long coming)
    {
        lock (_gate)
        {
            var excess = Loaded.Sum(e => e.WeightBytes) + coming - budgetBytes;
            foreach (var idle in Loaded.Where(e => e.Users == 0).ToList())
            {
                if (excess <= 0)
                {
                    return;
                }

                excess -= idle.WeightBytes;
                Drop(idle);
            }
        }
    }

    private void Drop(Entry entry)
    {
        _byUse.Remove(entry);
        if (entry.Session.IsValueCreated)
        {
            entry.Session.Value.Dispose();
        }
    }

    private sealed class Entry(SessionKey key, Lazy<IGraphSession> session)
    {
        public SessionKey Key { get; } = key;

        public Lazy<IGraphSession> Session { get; } = session;

        public long WeightBytes => Session.Value.WeightBytes;

        public int Users { get; set; }
    }
}
