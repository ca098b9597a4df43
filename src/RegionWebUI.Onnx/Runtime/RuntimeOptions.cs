namespace RegionWebUI.Onnx.Runtime;

/// <summary>How sessions are built.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Threads one op may use; at least 1.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Path prefix of the files in which ONNX Runtime writes the time of every op; null for no profile.</summary>
    public string? ProfilePrefix { get; init; }
}
