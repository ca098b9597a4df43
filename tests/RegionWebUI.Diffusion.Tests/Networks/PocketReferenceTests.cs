using System.Text.Json;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Diffusion.Objectives;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>Every network of the embedded model, forward and backward, against PyTorch's record of the same weights.</summary>
[Trait("Category", "Fixture")]
public sealed class PocketReferenceTests(ITestOutputHelper output)
{
    private static readonly FixtureFile _file = Fixtures.Open("pocket", "reference.json");

    // One for all cases: most of them want the same sessions.
    private static readonly LoadedModel _model = LoadedModel.Open(
        Repository.PocketModel, new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));

    public static TheoryData<int> Texts => Cases("text");

    public static TheoryData<int> UNets => Cases("unet");

    public static TheoryData<int> Vaes => Cases("vae");

    public static TheoryData<int> ClipSegs => Cases("clipseg");

    public static TheoryData<int> Clips => Cases("clip");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_Prompt_GivesPyTorchsIdsAndLastHiddenState(int number)
    {
        var row = Row("text", number);
        var ids = row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64()).ToArray();
        var result = HostTensor.Empty(new Shape(1, ids.Length, _model.TextConfig.HiddenSize));

        _model.UseTextEncoder(clipSkip: 1, session => session.Run(
            new Dictionary<string, HostTensor> { ["input_ids"] = HostTensor.Of(new Shape(1, ids.Length), ids) },
            new Dictionary<string, HostTensor> { ["last_hidden_state"] = result },
            CancellationToken.None));

        var words = _model.Tokenizer.Encode(row.GetProperty("prompt").GetString()!).Ids.Select(id => (long)id).ToArray();
        Assert.Equal(words, ids[1..(words.Length + 1)]);
        Agreement.OfValues(output, "last_hidden_state", result.Floats, Tensor(row, "last_hidden_state").Floats);
    }

    [Theory]
    [MemberData(nameof(UNets))]
    public void UNet_RecordedCotangent_GivesPyTorchsPredictionAndGradients(int number)
    {
        var row = Row("unet", number);
        var text = Rows("text").Single(t => t.GetProperty("prompt").GetString() == row.GetProperty("prompt").GetString());
        var given = new Dictionary<string, HostTensor>
        {
            ["sample"] = Tensor(row, "sample"),
            ["timestep"] = HostTensor.Of(new Shape(1), [row.GetProperty("timestep").GetSingle()]),
            ["encoder_hidden_states"] = Tensor(text, "last_hidden_state", batched: true),
            [Vjp.Of("eps")] = Tensor(row, "cotangent"),
        };

        var results = Run(given, "eps", ["sample", "encoder_hidden_states"], (b, x) =>
            b.Output("eps", UNet2DCondition.Write(
                new Module(b, LossBuilder.UnetRoot), _model.UNetConfig, x["sample"], x["timestep"], x["encoder_hidden_states"])));

        Agreement.OfValues(output, "eps", results["eps"], Tensor(row, "eps").Floats);
        foreach (var input in new[] { "sample", "encoder_hidden_states" })
        {
            Agreement.OfGradients(output, $"d eps / d {input}", results[Vjp.Of(input)], Tensor(row, $"grad_{input}").Floats);
        }
    }

    [Theory]
    [MemberData(nameof(Vaes))]
    public void Vae_Picture_GivesPyTorchsMomentsDecodedMeanAndGradient(int number)
    {
        var row = Row("vae", number);
        var picture = Picture(row, v => (v / 127.5f) - 1);
        var (mean, logvar) = (HostTensor.Empty(Tensor(row, "mean").Type.Shape), HostTensor.Empty(Tensor(row, "mean").Type.Shape));
        _model.UseVaeEncoder(mean.Type.Shape[2], mean.Type.Shape[3], session => session.Run(
            new Dictionary<string, HostTensor> { ["image"] = picture },
            new Dictionary<string, HostTensor> { ["mean"] = mean, ["logvar"] = logvar },
            CancellationToken.None));
        var given = new Dictionary<string, HostTensor> { ["latent"] = Tensor(row, "mean"), [Vjp.Of("image")] = Tensor(row, "cotangent") };

        var results = Run(given, "image", ["latent"], (b, x) =>
            b.Output("image", VaeDecoder.Write(new Module(b, LossBuilder.VaeRoot), _model.VaeConfig, x["latent"])));

        Agreement.OfValues(output, "mean", mean.Floats, Tensor(row, "mean").Floats);
        Agreement.OfValues(output, "logvar", logvar.Floats, Tensor(row, "logvar").Floats);
        Agreement.OfValues(output, "decoded mean", results["image"], Tensor(row, "decoded_mean").Floats);
        Agreement.OfGradients(output, "d image / d latent", results[Vjp.Of("latent")], Tensor(row, "grad_latent").Floats);
    }

    [Theory]
    [MemberData(nameof(ClipSegs))]
    public void ClipSeg_PhraseInAPicture_GivesPyTorchsLogitsAndGradientOfTheMeanSigmoid(int number)
    {
        var row = Row("clipseg", number);
        var (config, scaling) = _model.Objectives.Guidance.ClipSeg!.Value;
        var condition = new ClipTextEncoder(_model).Encode(row.GetProperty("phrase").GetString()!, CancellationToken.None);
        var given = new Dictionary<string, HostTensor>
        {
            ["pixel_values"] = Picture(row, scaling),
            ["condition"] = Tensor(row, "condition"),
            [Vjp.Of("logits")] = HostTensor.Empty(Tensor(row, "logits").Type.Shape),
            [Vjp.Of("loss")] = HostTensor.Of(new Shape(), [1f]),
        };

        var results = Run(given, "logits loss", ["pixel_values"], (b, x) =>
        {
            var logits = new Expr(b, ClipSeg.Segment(new Module(b, "clipseg"), config, x["pixel_values"], x["condition"]));
            b.Output("logits", logits.Value);
            b.Output("loss", logits.Sigmoid().Mean().Value);
        });

        Agreement.OfValues(output, "condition", condition, Tensor(row, "condition").Floats);
        Agreement.OfValues(output, "logits", results["logits"], Tensor(row, "logits").Floats);
        Agreement.OfGradients(
            output, "d mean sigmoid / d pixels", results[Vjp.Of("pixel_values")], Tensor(row, "grad_mean_sigmoid_wrt_pixel_values").Floats);
    }

    [Theory]
    [MemberData(nameof(Clips))]
    public void Clip_PhraseAndPicture_GivesPyTorchsEmbeddingCosineAndGradient(int number)
    {
        var row = Row("clip", number);
        var clip = _model.Objectives.Guidance.Clip!;
        var text = new ClipTextEncoder(_model).Encode(row.GetProperty("phrase").GetString()!, CancellationToken.None);
        var given = new Dictionary<string, HostTensor>
        {
            ["pixel_values"] = Picture(row, clip.Scaling),
            ["text"] = HostTensor.Of(new Shape(1, text.Length), text),
            [Vjp.Of("image_embeds")] = HostTensor.Empty(new Shape(1, text.Length)),
            [Vjp.Of("cosine")] = HostTensor.Of(new Shape(), [1f]),
        };

        var results = Run(given, "image_embeds cosine", ["pixel_values"], (b, x) =>
        {
            var image = new Expr(b, ClipVisionModel.Embed(new Module(b, clip.Root), clip.Vision, x["pixel_values"]));
            b.Output("image_embeds", image.Value);
            b.Output("cosine", (Loss.Unit(image) * Loss.Unit(new Expr(b, x["text"]))).Sum().Value);
        });

        Agreement.OfValues(output, "image_embeds", results["image_embeds"], Tensor(row, "image_embeds").Floats);
        Assert.Equal(row.GetProperty("cosine").GetDouble(), results["cosine"][0], 1e-5);
        Agreement.OfGradients(output, "d cosine / d pixels", results[Vjp.Of("pixel_values")], Tensor(row, "grad_cosine_wrt_pixel_values").Floats);
    }

    [Theory]
    [InlineData("text", 4)]
    [InlineData("unet", 4)]
    [InlineData("vae", 4)]
    [InlineData("clipseg", 12)]
    [InlineData("clip", 12)]
    public void Rows_OfTheRecord_AreAllThere(string part, int count) => Assert.Equal(count, Rows(part).Length);

    /// <summary>Outputs and gradients of a graph that is written for the inputs given.</summary>
    private static Dictionary<string, float[]> Run(
        Dictionary<string, HostTensor> given, string outputs, string[] wrt, Action<GraphBuilder, Dictionary<string, Value>> write)
    {
        var b = new GraphBuilder("reference");
        string[] results = outputs.Split(' ');
        write(b, given.Where(g => !results.Select(Vjp.Of).Contains(g.Key)).ToDictionary(g => g.Key, g => b.Input(g.Key, g.Value.Type)));
        var vjp = Vjp.Differentiate(b.Build(), results, wrt);
        var filled = vjp.Outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Value.Shape));
        var shapes = string.Join(", ", vjp.Inputs.Select(i => $"{i.Name} {i.Value.Shape}"));
        _model.UseObjective($"reference of {shapes}", () => vjp, session => session.Run(given, filled, CancellationToken.None));
        return filled.ToDictionary(f => f.Key, f => f.Value.Floats);
    }

    private static HostTensor Picture(JsonElement row, PixelScaling scaling)
    {
        var picture = Picture(row, v => v / 255);
        var plane = picture.Floats.Length / 3;
        return HostTensor.Of(
            picture.Type.Shape, [.. picture.Floats.Select((v, i) => (v - scaling.Mean[i / plane]) / scaling.Deviation[i / plane])]);
    }

    private static HostTensor Picture(JsonElement row, Func<float, float> value)
    {
        var image = PngFile.Decode(File.ReadAllBytes(Fixtures.Path("pocket", row.GetProperty("picture").GetString()!))).Image;
        var (rgb, plane) = (image.Rgb.ToArray(), image.Width * image.Height);
        return HostTensor.Of(
            new Shape(1, 3, image.Height, image.Width), [.. Enumerable.Range(0, rgb.Length).Select(i => value(rgb[(i % plane * 3) + (i / plane)]))]);
    }

    private static HostTensor Tensor(JsonElement row, string field, bool batched = false)
    {
        var name = row.GetProperty(field).GetString()!;
        int[] shape = _file.Shape(name);
        return HostTensor.Of(new Shape([.. batched ? [1] : Array.Empty<int>(), .. shape]), _file.Floats(name));
    }

    private static TheoryData<int> Cases(string part) => [.. Enumerable.Range(0, Rows(part).Length)];

    private static JsonElement Row(string part, int number) => Rows(part)[number];

    private static JsonElement[] Rows(string part) => [.. _file.Json.GetProperty(part).EnumerateArray()];
}
