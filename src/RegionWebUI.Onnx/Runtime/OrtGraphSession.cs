using System.Runtime.ExceptionServices;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Native;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>One session of ONNX Runtime over managed tensors.</summary>
internal sealed class OrtGraphSession : IGraphSession
{
    private readonly Lock _gate = new();
    private readonly string _name;
    private readonly Dictionary<string, Shape> _shapes;
    private readonly nint _memoryInfo;
    private readonly ParallelOptions _sideBySide;
    private readonly bool _keepsMemory;
    private nint _session;

    /// <summary>Takes over a native session; it is released even when this fails.</summary>
    public OrtGraphSession(Graph.Graph graph, nint session, long weightBytes, int sideBySide, bool keepsMemory)
    {
        _name = graph.Name;
        _shapes = graph.Inputs.Select(i => (i.Name, i.Value.Shape)).Concat(graph.Outputs.Select(o => (o.Name, o.Value.Shape))).ToDictionary();
        try
        {
            _memoryInfo = OrtApi.CreateCpuMemoryInfo();
        }
        catch (OrtException)
        {
            OrtApi.ReleaseSession(session);
            throw;
        }

        _session = session;
        _sideBySide = new ParallelOptions { MaxDegreeOfParallelism = sideBySide };
        _keepsMemory = keepsMemory;
        WeightBytes = weightBytes;
    }

    public long WeightBytes { get; }

    public void Run(
        IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_session == 0, this);
            cancellationToken.ThrowIfCancellationRequested();
            using var options = new OrtRunOptions();
            if (!_keepsMemory)
            {
                options.GiveMemoryBack();
            }

            using var registration = cancellationToken.Register(static o => ((OrtRunOptions)o!).Terminate(), options);
            try
            {
                RunParts(Parts(inputs, outputs), inputs, outputs, options.Handle);
            }
            catch (OrtException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new RuntimeFailureException($"The network '{_name}' failed while running: {e.Message}", e);
            }
        }
    }

    /// <summary>Ends profiling and gives the path of the profile.</summary>
    public string EndProfiling()
    {
        lock (_gate)
        {
            return OrtApi.EndProfiling(_session);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_session != 0)
            {
                OrtApi.ReleaseSession(_session);
                OrtApi.ReleaseMemoryInfo(_memoryInfo);
                _session = 0;
            }
        }
    }

    /// <summary>How many times the graph's batch the tensors hold.</summary>
    private int Parts(IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs)
    {
        int? parts = null;
        foreach (var (name, tensor) in inputs.Concat(outputs))
        {
            var given = tensor.Type.Shape;
            if (!_shapes.TryGetValue(name, out var own) || given.Rank != own.Rank || !given.Dims.Skip(1).SequenceEqual(own.Dims.Skip(1)))
            {
                throw new RuntimeFailureException($"The network '{_name}' does not take the tensor '{name}' {given}.");
            }

            var times = given.Rank == 0 ? 1 : given[0] / own[0];
            parts ??= times;
            if (times < 1 || times != parts || given.ElementCount != own.ElementCount * times)
            {
                throw new RuntimeFailureException($"The tensor '{name}' of '{_name}' is {given}; its batch must be {parts} times that of {own}.");
            }
        }

        return parts ?? 1;
    }

    private void RunParts(
        int parts, IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, nint options)
    {
        if (parts == 1)
        {
            Run(0);
            return;
        }

        try
        {
            Parallel.For(0, parts, _sideBySide, Run);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        void Run(int part)
        {
            using var bound = new BoundTensors(inputs, outputs, _shapes, part, _memoryInfo);
            bound.Run(_session, options);
        }
    }

    /// <summary>Names and pinned tensors of one run.</summary>
    private sealed class BoundTensors : IDisposable
    {
        private readonly List<NativeText> _names = [];
        private readonly List<OrtTensor> _tensors = [];
        private readonly int _inputs;

        public BoundTensors(
            IReadOnlyDictionary<string, HostTensor> inputs,
            IReadOnlyDictionary<string, HostTensor> outputs,
            Dictionary<string, Shape> shapes,
            int part,
            nint memoryInfo)
        {
            _inputs = inputs.Count;
            try
            {
                foreach (var (name, tensor) in inputs.Concat(outputs))
                {
                    _names.Add(new NativeText(name));
                    _tensors.Add(new OrtTensor(tensor, shapes[name], part, memoryInfo));
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public void Run(nint session, nint options)
        {
            var names = _names.ConvertAll(n => n.Pointer).ToArray();
            var values = _tensors.ConvertAll(t => t.Handle).ToArray();
            OrtApi.Run(session, options, names.AsSpan(0, _inputs), values.AsSpan(0, _inputs), names.AsSpan(_inputs), values.AsSpan(_inputs));
        }

        public void Dispose()
        {
            _tensors.ForEach(t => t.Dispose());
            _names.ForEach(n => n.Dispose());
        }
    }
}
