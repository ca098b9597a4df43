namespace RegionWebUI.Onnx.Runtime;

/// <summary>
/// Loaded sessions, least recently used first to go when their weights exceed the budget. A session in use, and the one just asked for,
/// stay however large.
/// </summary>
public sealed class SessionCache(long budgetBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>Bytes of weights held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _byUse.Sum(e => e.Session.WeightBytes);
            }
        }
    }

    /// <summary>Runs an action on the session of a key, which is built when it is not there.</summary>
    public void Use(SessionKey key, Func<IGraphSession> load, Action<IGraphSession> action)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(action);
        var entry = Take(key, load);
        try
        {
            action(entry.Session);
        }
        finally
        {
            lock (_gate)
            {
                entry.Users--;
            }
        }
    }

    /// <summary>Drops every session.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _byUse)
            {
                entry.Session.Dispose();
            }

            _byUse.Clear();
        }
    }

    private Entry Take(SessionKey key, Func<IGraphSession> load)
    {
        lock (_gate)
        {
            var entry = _byUse.FirstOrDefault(e => e.Key == key);
            if (entry is null)
            {
                entry = new Entry(key, load());
            }
            else
            {
                _byUse.Remove(entry);
            }

            _byUse.AddLast(entry);
            entry.Users++;
            Trim();
            return entry;
        }
    }

    private void Trim()
    {
        var excess = _byUse.Sum(e => e.Session.WeightBytes) - budgetBytes;
        foreach (var idle in _byUse.Where(e => e.Users == 0).ToList())
        {
            if (excess <= 0)
            {
                return;
            }

            _byUse.Remove(idle);
            idle.Session.Dispose();
            excess -= idle.Session.WeightBytes;
        }
    }

    private sealed class Entry(SessionKey key, IGraphSession session)
    {
        public SessionKey Key { get; } = key;

        public IGraphSession Session { get; } = session;

        public int Users { get; set; }
    }
}
