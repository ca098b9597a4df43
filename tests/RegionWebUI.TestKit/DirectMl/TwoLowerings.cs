using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.TestKit.DirectMl;

/// <summary>
/// A backend that runs every graph twice, as it is lowered for the CPU and as it is for DirectML, gives the former's numbers and notes how
/// far apart the two are.
/// </summary>
public sealed class TwoLowerings : IGraphRuntime
{
    private readonly Lock _gate = new();
    private readonly List<(string Output, double Apart)> _notes = [];

    /// <inheritdoc />
    public Device Device => PlainRuntime.OfDirectMl.Device;

    /// <summary>Each output of each run and the greatest difference in it, as a share of its greatest number.</summary>
    public IReadOnlyList<(string Output, double Apart)> Notes
    {
        get
        {
            lock (_gate)
            {
                return [.. _notes];
            }
        }
    }

    /// <inheritdoc />
    public IGraphSession Load(Graph.Graph graph, IWeightSource weights, int sideBySide = 1, bool keepsMemory = true) => new Session(
        this,
        graph,
        PlainRuntime.OfCpu.Load(graph, weights, sideBySide, keepsMemory),
        PlainRuntime.OfDirectMl.Load(graph, weights, sideBySide, keepsMemory));

    private void Note(string output, float[] cpu, float[] directMl)
    {
        var scale = cpu.Max(v => Math.Abs((double)v));
        var worst = cpu.Zip(directMl, (a, b) => Math.Abs((double)a - b)).Max();
        lock (_gate)
        {
            _notes.Add((output, scale > 0 ? worst / scale : worst));
        }
    }

    private sealed class Session(TwoLowerings owner, Graph.Graph graph, IGraphSession cpu, IGraphSession directMl) : IGraphSession
    {
        public long WeightBytes => cpu.WeightBytes + directMl.WeightBytes;

        public void Run(
            IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken)
        {
            var others = outputs.ToDictionary(o => o.Key, o => HostTensor.Empty(o.Value.Type.Shape));
            cpu.Run(inputs, outputs, cancellationToken);
            directMl.Run(inputs, others, cancellationToken);
            foreach (var (name, tensor) in outputs)
            {
                owner.Note($"{graph.Name} {name}", tensor.Floats, others[name].Floats);
            }
        }

        public void Dispose()
        {
            cpu.Dispose();
            directMl.Dispose();
        }
    }
}
