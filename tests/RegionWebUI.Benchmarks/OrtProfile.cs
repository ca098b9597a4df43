using System.Text.Json;

namespace RegionWebUI.Benchmarks;

/// <summary>ONNX Runtime's own record of what it did when.</summary>
internal static class OrtProfile
{
    /// <summary>Milliseconds in which at least one of the last runs was under way; runs side by side count once.</summary>
    /// <param name="path">The profile.</param>
    /// <param name="runs">How many of the last runs count.</param>
    public static double RunningMilliseconds(string path, int runs)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var spans = json.RootElement.EnumerateArray()
            .Where(e => e.GetProperty("name").GetString() == "model_run")
            .Select(e => (Start: e.GetProperty("ts").GetInt64(), Length: e.GetProperty("dur").GetInt64()))
            .OrderBy(s => s.Start)
            .TakeLast(runs)
            .ToList();
        if (spans.Count != runs)
        {
            throw new InvalidOperationException($"The profile has {spans.Count} runs, not {runs}.");
        }

        var (running, end) = (0L, 0L);
        foreach (var (start, length) in spans)
        {
            running += Math.Max(0, start + length - Math.Max(start, end));
            end = Math.Max(end, start + length);
        }

        return running / 1000.0;
    }
}
