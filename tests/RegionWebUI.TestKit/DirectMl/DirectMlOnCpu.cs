using Google.Protobuf;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Protobuf;
using RegionWebUI.Onnx.Lowering.Providers;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.TestKit.DirectMl;

/// <summary>
/// What DirectML would be given, run where there is no DirectML: graphs are lowered for it and held against its kernel table, then its fused
/// ops are written out in standard ones, and the CPU runs every node as it stands.
/// </summary>
public static class DirectMlOnCpu
{
    private static readonly DirectMlProvider _provider = new();

    /// <summary>Opens such a runtime.</summary>
    public static IGraphRuntime Open(RuntimeOptions options) =>
        new OrtGraphRuntime(new Device(DeviceKind.Cpu, "DirectML's graphs on the CPU", "a test"), options, Lower, optimise: false);

    private static OnnxModel Lower(Graph.Graph graph, IWeightSource weights)
    {
        var lowered = GraphLowering.Lower(graph, weights, _provider);
        var model = ModelProto.Parser.ParseFrom(lowered.Bytes);
        FusedOps.WriteOut(model.Graph, _provider.Name, _provider.Kernels);
        return lowered with { Bytes = model.ToByteArray() };
    }
}
