using RegionWebUI.Onnx.Native;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>One session of ONNX Runtime over managed tensors.</summary>
internal sealed class OrtGraphSession : IGraphSession
{
    private readonly Lock _gate = new();
    private readonly string _name;
    private readonly nint _memoryInfo = OrtApi.CreateCpuMemoryInfo();
    private nint _session;

    public OrtGraphSession(string name, nint session, long weightBytes)
    {
        _name = name;
        _session = session;
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
            using var registration = cancellationToken.Register(static o => ((OrtRunOptions)o!).Terminate(), options);
            using var bound = new BoundTensors(inputs, outputs, _memoryInfo);
            try
            {
                bound.Run(_session, options.Handle);
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

    /// <summary>Names and pinned tensors of one run.</summary>
    private sealed class BoundTensors : IDisposable
    {
        private readonly List<NativeText> _names = [];
        private readonly List<OrtTensor> _tensors = [];
        private readonly int _inputs;

        public BoundTensors(IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, nint memoryInfo)
        {
            _inputs = inputs.Count;
            try
            {
                foreach (var (name, tensor) in inputs.Concat(outputs))
                {
                    _names.Add(new NativeText(name));
                    _tensors.Add(new OrtTensor(tensor, memoryInfo));
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
