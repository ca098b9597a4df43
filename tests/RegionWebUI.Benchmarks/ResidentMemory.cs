namespace RegionWebUI.Benchmarks;

/// <summary>Physical memory of this process as Linux counts it, in bytes.</summary>
internal static class ResidentMemory
{
    /// <summary>What it holds now.</summary>
    public static long Now => Status("VmRSS:");

    /// <summary>The most it held since the start, or since <see cref="ForgetPeak"/>.</summary>
    public static long Peak => Status("VmHWM:");

    /// <summary>Begins to count the peak anew.</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Status(string entry)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(entry, StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024;
    }
}
