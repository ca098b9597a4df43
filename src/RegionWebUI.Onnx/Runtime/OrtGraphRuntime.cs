using Microsoft.ML.OnnxRuntime;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Providers;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>Loads graphs with ONNX Runtime.</summary>
public sealed class OrtGraphRuntime : IGraphRuntime
{
    private readonly RuntimeOptions _options;
    private readonly IProvider _provider;

    /// <summary>Opens a device.</summary>
    /// <exception cref="RuntimeFailureException">The device cannot run networks.</exception>
    public OrtGraphRuntime(Device device, RuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        Device = device;
        _options = options;
        _provider = device.Kind == DeviceKind.Cpu
            ? new CpuProvider()
            : throw new RuntimeFailureException($"Networks cannot be lowered for {device.Name} in this version.");
    }

    /// <inheritdoc />
    public Device Device { get; }

    /// <inheritdoc />
    public IGraphSession Load(Graph.Graph graph, IWeightSource weights)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        _ = OnnxRuntimeLibrary.Environment;
        var model = GraphLowering.Lower(graph, weights, _provider);
        using var options = SessionOptions(model, graph.Name);
        try
        {
            return new OrtGraphSession(graph.Name, new InferenceSession(model.Bytes, options), model.ComputeBytes);
        }
        catch (OnnxRuntimeException e)
        {
            throw new RuntimeFailureException($"The network '{graph.Name}' could not be loaded on {Device.Name}: {FirstLine(e)}", e);
        }
    }

    internal static string FirstLine(Exception e) => e.Message.Split('\n')[0];

    private SessionOptions SessionOptions(OnnxModel model, string name)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = _options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        if (model.WeightFolder.Length > 0)
        {
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", model.WeightFolder);
        }

        if (_options.ProfilePrefix is { } prefix)
        {
            options.EnableProfiling = true;
            options.ProfileOutputPathPrefix = $"{prefix}-{name}";
        }

        return options;
    }
}
