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

    /// <summary>Kinds of network whose gradients this version can compute.</summary>
    public static bool Differentiates(string kind) => kind is "UNet2DConditionModel" or "AutoencoderKL.encode" or "AutoencoderKL.decode";

    /// <summary>Our name of an output of a case.</summary>
    public static string OutputName(string output) => output == "sample" ? "prediction" : output;

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

    /// <summary>What a case feeds to an input.</summary>
    public static HostTensor Input(GraphInput input, JsonElement test, FixtureFile file)
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
