using Google.Protobuf;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Protobuf;
using RegionWebUI.Onnx.Lowering.Providers;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.TestKit.DirectMl;

/// <summary>Lowerings on the CPU of which ONNX Runtime exchanges no node for another, so that sessions are there at once.</summary>
internal static class PlainRuntime
{
    private static readonly CpuProvider _cpu = new();
    private static readonly DirectMlProvider _directMl = new();

    /// <summary>Graphs as they are lowered for the CPU.</summary>
    public static IGraphRuntime OfCpu { get; } = Open("the CPU's lowering", (graph, weights) => GraphLowering.Lower(graph, weights, _cpu));

    /// <summary>
    /// What DirectML would be given: graphs are lowered for it and held against its kernel table, then its fused ops are written out in
    /// standard ones.
    /// </summary>
    public static IGraphRuntime OfDirectMl { get; } = Open("DirectML's lowering", LowerForDirectMl);

    private static OrtGraphRuntime Open(string name, Func<Graph.Graph, IWeightSource, OnnxModel> lower) =>
        new(new Device(DeviceKind.Cpu, name, "a test"), new RuntimeOptions { Threads = 1 }, lower, optimise: false);

    private static OnnxModel LowerForDirectMl(Graph.Graph graph, IWeightSource weights)
    {
        var lowered = GraphLowering.Lower(graph, weights, _directMl);
        var model = ModelProto.Parser.ParseFrom(lowered.Bytes);
        FusedOps.WriteOut(model.Graph, _directMl.Name, _directMl.Kernels);
        return lowered with { Bytes = model.ToByteArray() };
    }
}
