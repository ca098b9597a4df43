using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Diffusion.Objectives;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.DirectMl;

namespace RegionWebUI.Diffusion.Tests.Objectives;

/// <summary>The embedded model's networks, and losses over them, as DirectML gets them: the same numbers as the CPU's lowering.</summary>
public sealed class DirectMlObjectiveTests : IDisposable
{
    private const double Tolerance = 1e-5;
    private const int Side = 8;

    private readonly TwoLowerings _runtime = new();
    private readonly LoadedModel _model;

    public DirectMlObjectiveTests() => _model = LoadedModel.Open(Repository.PocketModel, _runtime);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Lower_NetworksOfTheEmbeddedModel_ComputeWhatTheCpuDoes()
    {
        var words = new Shape(1, _model.TextConfig.Positions, _model.TextConfig.HiddenSize);
        var (latent, picture) = (new Shape(1, 4, Side, Side), new Shape(1, 3, Side * _model.VaeConfig.Factor, Side * _model.VaeConfig.Factor));
        _model.UseTextEncoder(1, session => Run(
            session,
            new() { ["input_ids"] = HostTensor.Of(new Shape(1, words[1]), [.. Enumerable.Range(0, words[1]).Select(i => (long)i)]) },
            ("last_hidden_state", words)));
        _model.UseUNet(new UNetShape(1, Side, Side, words[1]), session => Run(
            session,
            new() { ["sample"] = Noise(latent), ["timestep"] = HostTensor.Of(new Shape(1), [400f]), ["encoder_hidden_states"] = Noise(words) },
            ("prediction", latent)));
        _model.UseVaeDecoder(Side, Side, session => Run(session, new() { ["latent"] = Noise(latent) }, ("image", picture)));
        _model.UseVaeEncoder(Side, Side, session => Run(session, new() { ["image"] = Noise(picture) }, ("mean", latent), ("logvar", latent)));

        RequireSameNumbers(5);
    }

    [Fact]
    public async Task Evaluate_ClipOfTwoCutouts_ComputesWhatTheCpuDoes()
    {
        var objective = _model.Objectives.Take(
            "clip",
            b =>
            {
                var pixels = (b.Decode(Z(b)) * 0.5) + 0.5;
                var side = Side * b.Cell;
                var whole = b.Constant(SizeMatrix.Crop(side, 0, side, b.ClipSize), b.ClipSize, side);
                var corner = b.Constant(SizeMatrix.Crop(side, 7, side / 2, b.ClipSize), b.ClipSize, side);
                var text = b.Input("text", 1, b.ClipWidth);
                Expr Distance(Expr size) => Loss.Spherical(b.ClipImage(pixels.Map(size, size)), text);
                return (Distance(whole) + Distance(corner)).Mean();
            },
            ["z"],
            Stop);
        var text = new ClipTextEncoder(_model).Encode("a blue panda", Stop);

        await objective.EvaluateAsync(new Dictionary<string, ReadOnlyMemory<float>> { ["z"] = Latent, ["text"] = text }, Stop);

        RequireSameNumbers(3);
    }

    [Fact]
    public async Task Evaluate_ThroughUnetAndDecoder_ComputesWhatTheCpuDoes()
    {
        var words = new Shape(1, _model.TextConfig.Positions, _model.TextConfig.HiddenSize);
        var objective = _model.Objectives.Take(
            "through the unet",
            b => b.Decode(Z(b) - (b.Unet(Z(b), b.Input("t", 1), b.Input("words", words.Dims.ToArray())) * 0.5)).Square().Mean(),
            ["z"],
            Stop);

        await objective.EvaluateAsync(
            new Dictionary<string, ReadOnlyMemory<float>> { ["z"] = Latent, ["t"] = new[] { 400f }, ["words"] = Noise(words).Floats }, Stop);

        RequireSameNumbers(2);
    }

    private static float[] Latent => Noise(new Shape(1, 4, Side, Side)).Floats;

    private static Expr Z(ILossBuilder b) => b.Input("z", 1, 4, Side, Side);

    private static HostTensor Noise(Shape shape) =>
        HostTensor.Of(shape, [.. Enumerable.Range(1, (int)shape.ElementCount).Select(i => (float)Math.Sin((double)i * i))]);

    private static void Run(IGraphSession session, Dictionary<string, HostTensor> inputs, params (string Name, Shape Shape)[] outputs) =>
        session.Run(inputs, outputs.ToDictionary(o => o.Name, o => HostTensor.Empty(o.Shape)), Stop);

    private void RequireSameNumbers(int outputs)
    {
        Assert.Equal(outputs, _runtime.Notes.Count);
        Assert.All(_runtime.Notes, note => Assert.True(note.Apart <= Tolerance, $"{note.Output}: {note.Apart} of its scale apart"));
    }
}
