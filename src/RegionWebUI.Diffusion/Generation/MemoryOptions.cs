namespace RegionWebUI.Diffusion.Generation;

/// <summary>How the memory that the process may use is shared out.</summary>
internal sealed record MemoryOptions
{
    /// <summary>Memory there is, in bytes; above 0.</summary>
    public required long AvailableBytes { get; init; }

    /// <summary>Share of it for the weights of sessions, above 0 and below 1; values and the rest of the machine have the other part.</summary>
    /// <value>The default is 0.5.</value>
    public double SessionShare { get; init; } = 0.5;

    /// <summary>Share of it that the values of one gradient may take in one graph, 0..1; above it the gradient is taken block by block.</summary>
    /// <value>The default is 0.25.</value>
    public double GradientShare { get; init; } = 0.25;

    /// <summary>Most bytes of weights held at once.</summary>
    public long SessionBytes => (long)(AvailableBytes * SessionShare);

    /// <summary>Most bytes of values of a gradient in one graph.</summary>
    public long WholeGradientBytes => (long)(AvailableBytes * GradientShare);

    /// <summary>Most bytes of values of any gradient: what sessions leave.</summary>
    public long GradientBytes => AvailableBytes - SessionBytes;

    /// <summary>The memory that the system, or the container, lets this process have.</summary>
    public static MemoryOptions OfProcess() => new() { AvailableBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes };

    /// <summary>Refuses values outside the ranges above.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(AvailableBytes, 1);
        Require(SessionShare is > 0 and < 1, nameof(SessionShare), SessionShare, "above 0 and below 1");
        Require(GradientShare is >= 0 and <= 1, nameof(GradientShare), GradientShare, "0..1");
    }

    private static void Require(bool isLegal, string name, double value, string range)
    {
        if (!isLegal)
        {
            throw new ArgumentOutOfRangeException(name, value, $"The share must be {range}.");
        }
    }
}
