namespace RegionWebUI.Onnx.Runtime;

/// <summary>Loads graphs on one device. The only door to native code; tests put a scripted runtime behind it.</summary>
public interface IGraphRuntime
{
    /// <summary>The device graphs run on.</summary>
    Device Device { get; }

    /// <summary>Lowers a graph for the device, binds its weights and builds a session.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="weights">Where its weights lie.</param>
    /// <param name="sideBySide">
    /// How many batches of the graph's own size one run will usually bring; at least 1. The device's threads are shared out among them.
    /// </param>
    /// <param name="keepsMemory">
    /// Whether the session keeps the memory of its values from run to run, which is faster; if not, it gives it back after each.
    /// </param>
    /// <exception cref="WeightException">A weight is missing or of another size than the network wants.</exception>
    /// <exception cref="RuntimeFailureException">The session could not be built.</exception>
    IGraphSession Load(Graph.Graph graph, IWeightSource weights, int sideBySide = 1, bool keepsMemory = true);
}
