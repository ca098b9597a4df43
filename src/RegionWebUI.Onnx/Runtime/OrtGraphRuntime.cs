using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Providers;
using RegionWebUI.Onnx.Native;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>Loads graphs with ONNX Runtime.</summary>
public sealed class OrtGraphRuntime : IGraphRuntime
{
    private readonly RuntimeOptions _options;
    private readonly Func<Graph.Graph, IWeightSource, OnnxModel> _lower;
    private readonly bool _optimise;

    /// <summary>Opens a device.</summary>
    /// <exception cref="RuntimeFailureException">The device cannot run networks.</exception>
    public OrtGraphRuntime(Device device, RuntimeOptions options)
        : this(device, options, Lowering(device), optimise: true)
    {
    }

    /// <summary>Runs graphs as somebody else lowers them.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">How sessions are built.</param>
    /// <param name="lower">Lowers a graph over its weights.</param>
    /// <param name="optimise">Whether ONNX Runtime may exchange nodes for others; without it every node runs as it was written.</param>
    internal OrtGraphRuntime(Device device, RuntimeOptions options, Func<Graph.Graph, IWeightSource, OnnxModel> lower, bool optimise)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        Device = device;
        _options = options;
        (_lower, _optimise) = (lower, optimise);
    }

    /// <inheritdoc />
    public Device Device { get; }

    /// <inheritdoc />
    public IGraphSession Load(Graph.Graph graph, IWeightSource weights, int sideBySide = 1, bool keepsMemory = true)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(sideBySide, 1);
        var model = _lower(graph, weights);
        try
        {
            var options = OrtApi.CreateSessionOptions();
            try
            {
                Fill(options, model, graph.Name, sideBySide);
                return new OrtGraphSession(graph, OrtApi.CreateSession(model.Bytes, options), model.ComputeBytes, sideBySide, keepsMemory);
            }
            finally
            {
                OrtApi.ReleaseSessionOptions(options);
            }
        }
        catch (OrtException e)
        {
            throw new RuntimeFailureException($"The network '{graph.Name}' could not be loaded on {Device.Name}: {e.Message}", e);
        }
    }

    private static Func<Graph.Graph, IWeightSource, OnnxModel> Lowering(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        IProvider provider = device.Kind == DeviceKind.Cpu
            ? new CpuProvider()
            : throw new RuntimeFailureException($"Networks cannot be lowered for {device.Name} in this version.");
        return (graph, weights) => GraphLowering.Lower(graph, weights, provider);
    }

    private void Fill(nint options, OnnxModel model, string name, int sideBySide)
    {
        OrtApi.SetSequentialExecution(options);
        OrtApi.SetOptimizations(options, _optimise);

        // A session's pool has one thread less than this number: every caller of Run works too.
        OrtApi.SetIntraOpThreads(options, Math.Max(1, _options.Threads - sideBySide + 1));
        OrtApi.SetInterOpThreads(options, 1);

        // Work is handed out in pieces, so that a thread on a slower or busier core holds up nobody: 0.73 of the time of the VAE decoder on two.
        OrtApi.AddConfigEntry(options, "session.dynamic_block_base", "4");

        // The threads of one network's session must not wait in a loop while the next one runs: 0.84 of the time of a guided step.
        OrtApi.AddConfigEntry(options, "session.force_spinning_stop", "1");
        if (model.WeightFolder.Length > 0)
        {
            OrtApi.AddConfigEntry(options, "session.model_external_initializers_file_folder_path", model.WeightFolder);
        }

        if (_options.ProfilePrefix is { } prefix)
        {
            OrtApi.EnableProfiling(options, $"{prefix}-{name}");
        }
    }
}
