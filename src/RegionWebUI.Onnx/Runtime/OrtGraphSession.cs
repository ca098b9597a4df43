using Microsoft.ML.OnnxRuntime;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>One session of ONNX Runtime over managed tensors.</summary>
internal sealed class OrtGraphSession(string name, InferenceSession session, long weightBytes) : IGraphSession
{
    private readonly Lock _gate = new();

    public long WeightBytes { get; } = weightBytes;

    public void Run(IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var options = new RunOptions();
            using var registration = cancellationToken.Register(static o => ((RunOptions)o!).Terminate = true, options);
            using var bound = new BoundTensors(inputs, outputs);
            try
            {
                session.Run(options, bound.InputNames, bound.Inputs, bound.OutputNames, bound.Outputs);
            }
            catch (OnnxRuntimeException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new RuntimeFailureException($"The network '{name}' failed while running: {OrtGraphRuntime.FirstLine(e)}", e);
            }
        }
    }

    /// <summary>Ends profiling and gives the path of the profile.</summary>
    public string EndProfiling() => session.EndProfiling();

    public void Dispose() => session.Dispose();

    /// <summary>Pins managed tensors for the length of one run.</summary>
    private sealed class BoundTensors : IDisposable
    {
        public BoundTensors(IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs)
        {
            InputNames = [.. inputs.Keys];
            OutputNames = [.. outputs.Keys];
            Inputs = [.. inputs.Values.Select(Pin)];
            Outputs = [.. outputs.Values.Select(Pin)];
        }

        public List<string> InputNames { get; }

        public List<string> OutputNames { get; }

        public List<OrtValue> Inputs { get; }

        public List<OrtValue> Outputs { get; }

        public void Dispose()
        {
            foreach (var value in Inputs.Concat(Outputs))
            {
                value.Dispose();
            }
        }

        private static OrtValue Pin(HostTensor tensor)
        {
            long[] shape = [.. tensor.Type.Shape.Dims.Select(d => (long)d)];
            return tensor.Data is float[] floats
                ? OrtValue.CreateTensorValueFromMemory(floats, shape)
                : OrtValue.CreateTensorValueFromMemory(tensor.Longs, shape);
        }
    }
}
