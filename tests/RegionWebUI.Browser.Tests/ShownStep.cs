using System.Globalization;
using System.Text.RegularExpressions;

namespace RegionWebUI.Browser.Tests;

/// <summary>What the page says about a run, such as <c>Step 3/200 · 12.5 it/s · ETA 16 s</c>.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps of the run.</param>
/// <param name="PerSecond">Rate; 0 when it is not said yet.</param>
internal sealed partial record ShownStep(int Step, int Steps, double PerSecond)
{
    public static ShownStep Parse(string text)
    {
        var match = Pattern().Match(text);
        Assert.True(match.Success, $"'{text}' names no step");
        double Number(string group) =>
            match.Groups[group] is { Success: true } found ? double.Parse(found.Value, CultureInfo.InvariantCulture) : 0;
        var seconds = Number("seconds");
        return new ShownStep((int)Number("step"), (int)Number("steps"), seconds > 0 ? 1 / seconds : Number("rate"));
    }

    [GeneratedRegex(@"^Step (?<step>\d+)/(?<steps>\d+)(?: · (?:(?<rate>[\d.]+) it/s|(?<seconds>[\d.]+) s/it))?")]
    private static partial Regex Pattern();
}
