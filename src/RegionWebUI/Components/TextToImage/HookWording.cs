using System.Globalization;
using RegionWebUI.Diffusion.Hooks;

namespace RegionWebUI.Components.TextToImage;

/// <summary>The page's sentences about what extensions do in a run.</summary>
internal static class HookWording
{
    /// <summary>What a hook that takes long is doing.</summary>
    internal static string News(HookNews news) => $"{news.Extension}, {Stage(news.Kind)}: {news.Text}";

    /// <summary>A stage in one word.</summary>
    internal static string Stage(HookKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Which extensions ran, how often and how long, in one line.</summary>
    internal static string Totals(IReadOnlyList<HookUse> uses)
    {
        var names = uses.Select(u => u.Version.Length > 0 ? $"{u.Extension} {u.Version}" : u.Extension).Distinct();
        var calls = uses.Sum(u => u.Calls);
        return $"{string.Join(", ", names)} · {calls.ToString("N0", CultureInfo.InvariantCulture)} {(calls == 1 ? "call" : "calls")}"
            + $" · {Time(uses.Sum(u => u.Milliseconds))}";
    }

    /// <summary>A length of time.</summary>
    internal static string Time(double milliseconds) => milliseconds switch
    {
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
        > 0 and < 0.05 => "< 0.1 ms",
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
    };

    /// <summary>An extension that the run went on without.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="ended">Whether the run has ended.</param>
    internal static string Failure(HookFailure failure, bool ended)
    {
        var who = failure.Version.Length > 0 ? $"{failure.Extension} {failure.Version}" : failure.Extension;
        var what = failure.Kind == HookKind.Create
            ? "its hooks could not be made"
            : $"its {Stage(failure.Kind)} hook failed {Moment(failure)}";
        var message = failure.Message.Trim();
        return $"{(ended ? "Made without" : "Started once more without")} {who}: {what} ({message.TrimEnd('.')}).";
    }

    private static string Moment(HookFailure failure) =>
        failure.Step >= 0 ? $"at step {failure.Step + 1}" : failure.Kind == HookKind.Image ? "after the last step" : "before the first step";
}
