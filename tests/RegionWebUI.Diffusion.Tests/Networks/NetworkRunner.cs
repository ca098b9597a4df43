using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>Builds the graph of a fixture case and runs it with the case's inputs.</summary>
internal static class NetworkRunner
{
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions());

    /// <summary>Kinds of network that this version builds.</summary>
    public static bool Builds(string kind) => kind is "UNet2DConditionModel" or "AutoencoderKL.encode" or "AutoencoderKL.decode"
        or "CLIPTextModel" or "CLIPTextModelWithProjection";

    public static Graph.Graph Build(JsonElement test, FixtureFile file)
    {
        var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(test), "config.json"))).RootElement;
        int[] Dims(string input) => file.Shape(test.GetProperty("inputs").GetProperty(input).GetString()!);
        switch (test.GetProperty("kind").GetString())
        {
            case "UNet2DConditionModel":
                var sample = Dims("sample");
                return UNet2DCondition.Build(
                    UNetConfig.Parse(config), new UNetShape(sample[0], sample[2], sample[3], Dims("encoder_hidden_states")[1]));
            case "AutoencoderKL.encode":
                var image = Dims("image");
                return VaeEncoder.Build(VaeConfig.Parse(config), image[0], image[2], image[3]);
            case "AutoencoderKL.decode":
                var latent = Dims("latent");
                return VaeDecoder.Build(VaeConfig.Parse(config), latent[0], latent[2], latent[3]);
            default:
                var outputs = ClipTextOutputs.LastHiddenState | ClipTextOutputs.Penultimate;
                outputs |= test.GetProperty("outputs").TryGetProperty("text_embeds", out _) ? ClipTextOutputs.Projected : ClipTextOutputs.Pooled;
                return ClipTextModel.Build(ClipTextConfig.Parse(config), Dims("input_ids")[0], outputs);
        }
    }

    public static WeightSet Weights(JsonElement test) =>
        WeightSet.Of(SafetensorsFile.Open(Directory.GetFiles(Folder(test), "*.safetensors").Single()));

    /// <summary>Runs a case and gives each output with the values it should have.</summary>
    public static IEnumerable<(string Name, float[] Actual, float[] Expected)> Run(JsonElement test, FixtureFile file)
    {
        var graph = Build(test, file);
        using var session = _runtime.Load(graph, new CheckpointWeights(Weights(test)));
        var wanted = test.GetProperty("outputs").EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetString()!);
        string Named(string output) => output == "prediction" ? "sample" : output;
        var outputs = graph.Outputs.Where(o => wanted.ContainsKey(Named(o.Name))).ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        Assert.Equal(wanted.Count, outputs.Count);
        session.Run(graph.Inputs.ToDictionary(i => i.Name, i => Input(i, test, file)), outputs, CancellationToken.None);
        return outputs.Select(o => (o.Key, o.Value.Floats, file.Floats(wanted[Named(o.Key)]))).ToList();
    }

    /// <summary>The text encoder of a case with its last layer left out, and the final norm of a hidden state, as clip skip 2 has them.</summary>
    public static (float[] Actual, float[] Expected) ClipSkip2(JsonElement test, FixtureFile file)
    {
        var config = ClipTextConfig.Parse(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(test), "config.json"))).RootElement);
        var shape = file.Shape(test.GetProperty("inputs").GetProperty("input_ids").GetString()!);
        var skipped = ClipTextModel.Build(config with { Layers = config.Layers - 1 }, shape[0], ClipTextOutputs.LastHiddenState);
        var actual = Single(skipped, test, file, input => Input(input, test, file));

        var b = new GraphBuilder("final-norm");
        var penultimate = b.Input("penultimate", TensorType.Float(shape[0], shape[1], config.HiddenSize));
        b.Output("normed", new Module(b, "text_model").LayerNorm("final_layer_norm", penultimate, config.NormEpsilon));
        var values = file.Floats(test.GetProperty("outputs").GetProperty("penultimate").GetString()!);
        return (actual, Single(b.Build(), test, file, input => HostTensor.Of(input.Value.Shape, values)));
    }

    private static float[] Single(Graph.Graph graph, JsonElement test, FixtureFile file, Func<GraphInput, HostTensor> input)
    {
        using var session = _runtime.Load(graph, new CheckpointWeights(Weights(test)));
        var output = HostTensor.Empty(Assert.Single(graph.Outputs).Value.Shape);
        session.Run(graph.Inputs.ToDictionary(i => i.Name, input), new Dictionary<string, HostTensor> { [graph.Outputs[0].Name] = output }, default);
        return output.Floats;
    }

    private static HostTensor Input(GraphInput input, JsonElement test, FixtureFile file)
    {
        var shape = input.Value.Shape;
        var inputs = test.GetProperty("inputs");
        switch (input.Name)
        {
            case "timestep":
                return HostTensor.Of(shape, [.. test.GetProperty("call").GetProperty("timestep").EnumerateArray().Select(t => t.GetSingle())]);
            case "input_ids":
                return HostTensor.Of(shape, file.Longs(inputs.GetProperty("input_ids").GetString()!));
            case "eos_position":
                var ids = file.Longs(inputs.GetProperty("input_ids").GetString()!);
                var config = ClipTextConfig.Parse(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(test), "config.json"))).RootElement);
                return HostTensor.Of(shape, [.. ids.Chunk(config.Positions).Select(row => (long)config.EosPosition(row))]);
            default:
                return HostTensor.Of(shape, file.Floats(inputs.GetProperty(input.Name).GetString()!));
        }
    }

    private static string Folder(JsonElement test) => Fixtures.Path("networks", test.GetProperty("folder").GetString()!);
}
