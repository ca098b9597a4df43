using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.TestKit.Fakes;

/// <summary>
/// A backend without native code: every output is a plain function of the inputs, so a whole run takes milliseconds.
/// The UNet predicts a tenth of its sample plus a share of its prompt, the decoder repeats the latent, the
/// encoder thins the picture out, the text encoder spreads the ids.
/// </summary>
public sealed class ScriptedGraphRuntime : IGraphRuntime
{
    private readonly Lock _gate = new();
    private readonly List<string> _runs = [];
    private int _loads;

    public Device Device { get; } = new(DeviceKind.Cpu, "script", "a test");

    /// <summary>Called before every run with the network's name and the number of its runs so far; may throw or wait.</summary>
    public Action<string, int> BeforeRun { get; init; } = (_, _) => { };

    /// <summary>Networks whose results are NaN.</summary>
    public Func<string, bool> Spoil { get; init; } = _ => false;

    /// <summary>Names of the networks in the order in which they ran.</summary>
    public IReadOnlyList<string> Runs
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs];
            }
        }
    }

    /// <summary>Sessions built so far.</summary>
    public int Loads => _loads;

    public IGraphSession Load(Graph.Graph graph, IWeightSource weights, int sideBySide, bool keepsMemory)
    {
        Interlocked.Increment(ref _loads);
        foreach (var weight in graph.Weights)
        {
            weights.Find(weight.Name);
        }

        return new Session(this, graph);
    }

    private void Enter(string network)
    {
        int before;
        lock (_gate)
        {
            before = _runs.Count(r => r == network);
            _runs.Add(network);
        }

        BeforeRun(network, before);
    }

    private sealed class Session(ScriptedGraphRuntime owner, Graph.Graph graph) : IGraphSession
    {
        public long WeightBytes => graph.Weights.Sum(w => w.Value.Shape.ElementCount * sizeof(float));

        public void Run(
            IReadOnlyDictionary<string, HostTensor> inputs,
            IReadOnlyDictionary<string, HostTensor> outputs,
            CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            owner.Enter(graph.Name);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var output in graph.Outputs)
            {
                Fill(outputs[output.Name].Floats, inputs);
                if (owner.Spoil(graph.Name))
                {
                    Array.Fill(outputs[output.Name].Floats, float.NaN);
                }
            }
        }

        public void Dispose()
        {
        }

        private void Fill(float[] output, IReadOnlyDictionary<string, HostTensor> inputs)
        {
            switch (graph.Name)
            {
                case "unet":
                    var (sample, context) = (inputs["sample"].Floats, inputs["encoder_hidden_states"].Floats);
                    var rows = inputs["sample"].Type.Shape[0];
                    for (var i = 0; i < output.Length; i++)
                    {
                        output[i] = 0.1f * sample[i] + 0.01f * context[i / (output.Length / rows) * (context.Length / rows) + 2];
                    }

                    break;
                case "vae-decoder":
                    var latent = inputs["latent"].Floats;
                    for (var i = 0; i < output.Length; i++)
                    {
                        output[i] = latent[(int)((long)i * latent.Length / output.Length)] / 10;
                    }

                    break;
                case "vae-encoder":
                    var image = inputs["image"].Floats;
                    for (var i = 0; i < output.Length; i++)
                    {
                        output[i] = image[(int)((long)i * image.Length / output.Length)];
                    }

                    break;
                default:
                    var ids = inputs["input_ids"].Longs;
                    for (var i = 0; i < output.Length; i++)
                    {
                        output[i] = ids[i % ids.Length] / 1000f;
                    }

                    break;
            }
        }
    }
}
