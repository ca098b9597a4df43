using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Tests.Objectives;

/// <summary>The CPU, with the names of the graphs that were loaded.</summary>
internal sealed class NamingRuntime : IGraphRuntime
{
    private readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions());
    private readonly List<string> _loaded = [];

    public Device Device => _runtime.Device;

    public IReadOnlyList<string> Loaded => _loaded;

    public IGraphSession Load(Graph.Graph graph, IWeightSource weights, int sideBySide, bool keepsMemory)
    {
        _loaded.Add(graph.Name);
        return _runtime.Load(graph, weights, sideBySide, keepsMemory);
    }
}
