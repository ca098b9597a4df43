using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>Builds the graphs of a fixture case and runs them with the case's inputs.</summary>
internal static class NetworkRunner
{
    private static readonly OrtGraphRuntime _runtime = new(DeviceSelector.Select("cpu")!, new RuntimeOptions());

    /// <summary>The network of a case; of CLIP and CLIPSeg the half that sees pictures.</summary>
    /// <param name="test">The case.</param>
    /// <param name="file">Where its tensors lie.</param>
    /// <param name="fromEmbeddings">A text encoder takes token embeddings in place of ids.</param>
    public static Graph.Graph Build(JsonElement test, FixtureFile file, bool fromEmbeddings = false)
    {
        var config = Config(test);
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
            case "CLIPModel":
                var photo = Dims("pixel_values");
                var projection = config.GetProperty("projection_dim").GetInt32();
                return ClipVisionModel.Build(
                    ClipVisionConfig.Parse(config.GetProperty("vision_config"), projection), photo[0], photo[2], photo[3]);
            case "CLIPSegForImageSegmentation":
                var scene = Dims("pixel_values");
                return ClipSeg.Build(ClipSegConfig.Parse(config), scene[0], scene[2], scene[3]);
            case "LPIPS":
                var pair = Dims("image");
                return Lpips.Build(LpipsConfig.Parse(config), pair[0], pair[2], pair[3]);
            default:
                var outputs = ClipTextOutputs.LastHiddenState | ClipTextOutputs.Penultimate;
                outputs |= test.GetProperty("outputs").TryGetProperty("text_embeds", out _) ? ClipTextOutputs.Projected : ClipTextOutputs.Pooled;
                return ClipTextModel.Build(TextConfig(config), Dims("input_ids")[0], outputs, fromEmbeddings: fromEmbeddings);
        }
    }

    public static WeightSet Weights(JsonElement test) =>
        WeightSet.Of(SafetensorsFile.Open(Directory.GetFiles(Folder(test), "*.safetensors").Single()));

    /// <summary>Our name of an output of a case.</summary>
    public static string OutputName(string output) => output == "sample" ? "prediction" : output;

    /// <summary>Runs a case and gives each output with the values it should have.</summary>
    public static IEnumerable<(string Name, float[] Actual, float[] Expected)> Run(JsonElement test, FixtureFile file)
    {
        var results = RunOne(Build(test, file), test, file);
        if (test.GetProperty("kind").GetString() == "CLIPModel")
        {
            results = [.. results, .. ProjectedText(test, file, "")];
        }

        var wanted = test.GetProperty("outputs").EnumerateObject().ToDictionary(o => OutputName(o.Name), o => o.Value.GetString()!);
        Assert.Equal(wanted.Keys.Order(), results.Select(r => r.Name).Where(wanted.ContainsKey).Order());
        return [.. results.Where(r => wanted.ContainsKey(r.Name)).Select(r => (r.Name, r.Values, file.Floats(wanted[r.Name])))];
    }

    /// <summary>The text encoder of a case with its last layer left out, and the final norm of a hidden state, as clip skip 2 has them.</summary>
    public static (float[] Actual, float[] Expected) ClipSkip2(JsonElement test, FixtureFile file)
    {
        var config = TextConfig(Config(test));
        var shape = file.Shape(test.GetProperty("inputs").GetProperty("input_ids").GetString()!);
        var skipped = ClipTextModel.Build(config with { Layers = config.Layers - 1 }, shape[0], ClipTextOutputs.LastHiddenState);
        var b = new GraphBuilder("final-norm");
        var penultimate = b.Input("penultimate", TensorType.Float(shape[0], shape[1], config.HiddenSize));
        b.Output("normed", new Module(b, "text_model").LayerNorm("final_layer_norm", penultimate, config.NormEpsilon));
        var values = file.Floats(test.GetProperty("outputs").GetProperty("penultimate").GetString()!);
        return (
            RunOne(skipped, test, file).Single().Values,
            RunOne(b.Build(), test, file, input => HostTensor.Of(input.Value.Shape, values)).Single().Values);
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
                return HostTensor.Of(shape, Ids(test, file));
            case "eos_position":
                var config = TextConfig(Config(test));
                return HostTensor.Of(shape, [.. Ids(test, file).Chunk(config.Positions).Select(row => (long)config.EosPosition(row))]);
            case "token_embeddings":
                return HostTensor.Of(shape, Embedded(test, file));
            case "conditional":
                return HostTensor.Of(shape, ProjectedText(test, file, "clip").Single().Values);
            default:
                return HostTensor.Of(shape, file.Floats(inputs.GetProperty(input.Name).GetString()!));
        }
    }

    private static (string Name, float[] Values)[] RunOne(
        Graph.Graph graph, JsonElement test, FixtureFile file, Func<GraphInput, HostTensor>? input = null)
    {
        input ??= i => Input(i, test, file);
        using var session = _runtime.Load(graph, new CheckpointWeights(Weights(test)));
        var outputs = graph.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        session.Run(graph.Inputs.ToDictionary(i => i.Name, input), outputs, CancellationToken.None);
        return [.. outputs.Select(o => (o.Key, o.Value.Floats))];
    }

    private static (string Name, float[] Values)[] ProjectedText(JsonElement test, FixtureFile file, string prefix)
    {
        var config = TextConfig(Config(test));
        var rows = Ids(test, file).Length / config.Positions;
        return RunOne(ClipTextModel.Build(config, rows, ClipTextOutputs.Projected, prefix), test, file);
    }

    private static float[] Embedded(JsonElement test, FixtureFile file)
    {
        var config = TextConfig(Config(test));
        var ids = Ids(test, file);
        var b = new GraphBuilder("lookup");
        var table = b.Weight("text_model.embeddings.token_embedding.weight", config.VocabSize, config.HiddenSize);
        var rows = b.Input("input_ids", TensorType.Int64(ids.Length / config.Positions, config.Positions));
        b.Output("rows", Graph.Ops.Lookup.TakeRows(b, table, rows));
        return RunOne(b.Build(), test, file).Single().Values;
    }

    private static long[] Ids(JsonElement test, FixtureFile file) => file.Longs(test.GetProperty("inputs").GetProperty("input_ids").GetString()!);

    private static ClipTextConfig TextConfig(JsonElement config) => config.TryGetProperty("text_config", out var text)
        ? ClipTextConfig.Parse(text) with { ProjectionDim = config.GetProperty("projection_dim").GetInt32() }
        : ClipTextConfig.Parse(config);

    private static JsonElement Config(JsonElement test) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(test), "config.json"))).RootElement;

    private static string Folder(JsonElement test) => Fixtures.Path("networks", test.GetProperty("folder").GetString()!);
}
