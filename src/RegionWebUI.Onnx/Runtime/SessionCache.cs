namespace RegionWebUI.Onnx.Runtime;

/// <summary>
/// Loaded sessions, least recently used first to go when their weights exceed the budget. The session just asked for stays, however large.
/// </summary>
public sealed class SessionCache(long budgetBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(SessionKey Key, IGraphSession Session)> _byUse = [];

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

    /// <summary>The session of a key, built when it is not there. It stays alive until it falls out, so callers ask again for every run.</summary>
    public IGraphSession Get(SessionKey key, Func<IGraphSession> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        lock (_gate)
        {
            for (var entry = _byUse.First; entry is not null; entry = entry.Next)
            {
                if (entry.Value.Key == key)
                {
                    _byUse.Remove(entry);
                    _byUse.AddLast(entry);
                    return entry.Value.Session;
                }
            }

            var session = load();
            _byUse.AddLast((key, session));
            Trim();
            return session;
        }
    }

    /// <summary>Drops every session.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (_, session) in _byUse)
            {
                session.Dispose();
            }

            _byUse.Clear();
        }
    }

    private void Trim()
    {
        while (_byUse.Count > 1 && _byUse.Sum(e => e.Session.WeightBytes) > budgetBytes)
        {
            var oldest = _byUse.First!.Value;
            _byUse.RemoveFirst();
            oldest.Session.Dispose();
        }
    }
}
