using System.Globalization;

namespace RegionWebUI.Host.Settings;

/// <summary>What happens at one failpoint: at its n-th hit the process dies or an I/O error is thrown, once.</summary>
internal sealed class FailpointPlan(string name, int hit, bool crash)
{
    private int _hits;

    /// <summary>Reads <c>name[:n]=crash|throw</c>; n counts from 1 and is 1 when left out.</summary>
    /// <exception cref="FormatException">The text is not of that form or the name is unknown.</exception>
    public static FailpointPlan Parse(string text)
    {
        var (left, action) = Split(text, '=');
        var (name, count) = Split(left, ':');
        var n = 1;
        if (action is not ("crash" or "throw")
            || !FailpointNames.All.Contains(name)
            || (count is not null && (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out n) || n < 1)))
        {
            throw new FormatException(
                $"{Failpoint.Variable} must be name[:n]=crash|throw with one of {string.Join(", ", FailpointNames.All)}, not '{text}'.");
        }

        return new FailpointPlan(name, n, action == "crash");
    }

    /// <summary>Counts a hit and acts when its number has come.</summary>
    public void Hit(string reached)
    {
        if (reached != name || Interlocked.Increment(ref _hits) != hit)
        {
            return;
        }

        if (crash)
        {
            System.Diagnostics.Process.GetCurrentProcess().Kill();
        }

        throw new IOException($"Failpoint {name} was told to fail.");
    }

    private static (string Left, string? Right) Split(string text, char separator)
    {
        var at = text.IndexOf(separator);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
