namespace RegionWebUI.Host;

/// <summary>Tells the listeners of an event, each on its own.</summary>
internal static class Listeners
{
    /// <summary>Calls every listener; one that throws is warned of, and neither the caller nor the other listeners suffer from it.</summary>
    /// <param name="listeners">The event; null when nobody listens.</param>
    /// <param name="value">What happened.</param>
    /// <param name="warn">Told about a listener's error, with all that is known of it.</param>
    /// <param name="owner">Whose event it is, for the warning: "queue".</param>
    public static void Raise<T>(Action<T>? listeners, T value, Action<string> warn, string owner)
    {
        foreach (var listener in listeners?.GetInvocationList().Cast<Action<T>>() ?? [])
        {
            try
            {
                listener(value);
            }
            catch (Exception error)
            {
                // A listener's error is its own; what it was told about has happened all the same.
                warn($"A listener of the {owner} failed: {error}");
            }
        }
    }
}
