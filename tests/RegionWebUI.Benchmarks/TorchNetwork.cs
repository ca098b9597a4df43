using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;
using TorchSharp;

namespace RegionWebUI.Benchmarks;

/// <summary>A network of the pocket model in PyTorch: TorchScript whose weights are arguments, fed from the model's own files as float32.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly torch.jit.ScriptModule _module;
    private readonly object[] _arguments;
    private readonly int _inputs;

    /// <param name="name">Entry of torchscript.json.</param>
    /// <param name="weights">Weights of the same network.</param>
    /// <param name="inputs">The inputs, in the order of the file.</param>
    public TorchNetwork(string name, WeightSet weights, params IReadOnlyList<HostTensor> inputs)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Fixtures.Path("pocket", "torchscript.json")));
        var entry = json.RootElement.GetProperty(name);
        var names = entry.GetProperty("arguments").EnumerateArray().Skip(inputs.Count).Select(a => a.GetString()!).ToList();
        _module = torch.jit.load(Fixtures.Path("pocket", entry.GetProperty("file").GetString()!));
        _module.eval();
        _inputs = inputs.Count;
        _arguments =
        [
            .. inputs.Select(i => torch.tensor(i.Floats, [.. i.Type.Shape.Dims.Select(d => (long)d)])),
            .. names.Select(n => torch.tensor(weights.ReadFloats(n), [.. weights.Get(n).Tensor.Shape])),
        ];
    }

    /// <summary>Runs the network and leaves the result in PyTorch's memory.</summary>
    public void Run()
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        _module.forward(_arguments);
    }

    /// <summary>Runs the network and gives its result.</summary>
    public float[] Result()
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        return ((torch.Tensor)_module.forward(_arguments)).data<float>().ToArray();
    }

    /// <summary>Runs the network over other inputs of the same shapes; what requires a gradient keeps its way back.</summary>
    public torch.Tensor Forward(params ReadOnlySpan<torch.Tensor> inputs) =>
        (torch.Tensor)_module.forward([.. inputs, .. _arguments.Skip(_inputs)]);

    public void Dispose()
    {
        foreach (var tensor in _arguments.Cast<torch.Tensor>())
        {
            tensor.Dispose();
        }

        _module.Dispose();
    }
}
