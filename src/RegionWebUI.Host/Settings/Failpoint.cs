namespace RegionWebUI.Host.Settings;

/// <summary>
/// Named moments at which a test may kill the process or fail the next step. They do nothing unless the environment variable
/// <c>REGIONWEBUI_FAILPOINT</c> says <c>name[:n]=crash|throw</c>; names are in <see cref="FailpointNames"/>.
/// </summary>
public static class Failpoint
{
    internal const string Variable = "REGIONWEBUI_FAILPOINT";

    private static readonly AsyncLocal<Action<string>?> _inTest = new();
    private static readonly FailpointPlan? _plan =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? FailpointPlan.Parse(text) : null;

    /// <summary>Passes a named moment.</summary>
    /// <exception cref="IOException">The variable asked for <c>throw</c> here.</exception>
    public static void Hit(string name)
    {
        _plan?.Hit(name);
        _inTest.Value?.Invoke(name);
    }

    /// <summary>Watches the hits of the present asynchronous flow and of those it starts, until disposal.</summary>
    internal static IDisposable Watch(Action<string> onHit)
    {
        _inTest.Value = onHit;
        return new Watching();
    }

    private sealed class Watching : IDisposable
    {
        public void Dispose() => _inTest.Value = null;
    }
}
