namespace RegionWebUI.Benchmarks;

/// <summary>Physical memory of a process as Linux counts it, in bytes; of this one where no other is named.</summary>
internal static class ResidentMemory
{
    /// <summary>What it holds now.</summary>
    public static long Now => Status("self", "VmRSS:")!.Value;

    /// <summary>The most it held since the start, or since <see cref="ForgetPeak"/>.</summary>
    public static long Peak => Status("self", "VmHWM:")!.Value;

    /// <summary>Begins to count the peak anew.</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>The most that a process held since its start; 0 where the system does not tell or the process has just ended.</summary>
    /// <param name="process">Its number.</param>
    public static long PeakOf(int process)
    {
        try
        {
            return Status($"{process}", "VmHWM:") ?? 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long? Status(string process, string entry)
    {
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(entry, StringComparison.Ordinal));
        return line is null ? null : long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024;
    }
}
