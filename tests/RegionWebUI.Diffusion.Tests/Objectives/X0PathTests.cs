using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Objectives;

/// <summary>Gradients of a loss of x0 against differences of the pipeline itself: its sessions of the UNet, its guidance, its x0.</summary>
public sealed class X0PathTests : IDisposable
{
    private const int Side = 8;
    private const double T = 501;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("epsilon", 5, 1)]
    [InlineData("epsilon", 1, 1)]
    [InlineData("epsilon", 5, 2)]
    [InlineData("v_prediction", 5, 1)]
    public async Task ThroughUnet_GuidedX0_IsThePipelinesAndHasItsDirectionalDerivative(string predicts, double cfgScale, int negativeChunks)
    {
        using var model = Open(predicts);
        var networks = Networks(model);
        var (a, random) = (networks.AlphaBar(T), new Random(5));
        Latent z = Normal(random), v = Normal(random);
        var row = await RowAsync(networks, cfgScale, negativeChunks);
        async Task<double> PipelineAsync(double h)
        {
            var moved = z + (h * v);
            var x0 = (1 / Math.Sqrt(a)) * (moved - (Math.Sqrt(1 - a) * (await networks.PredictAsync([row], moved, T))[0]));
            var frozen = X0Path.Frozen(x0, a);
            return (await Objective(networks, frozen).EvaluateAsync(frozen.Inputs(), Stop)).Loss;
        }

        var exact = X0Path.ThroughUnet(z, Step(a), row);
        var at = await Objective(networks, exact).EvaluateAsync(exact.Inputs(), Stop);

        const double H = 5e-3;
        var expected = (await PipelineAsync(H) - await PipelineAsync(-H)) / (2 * H);
        var gradient = exact.Gradient(at);
        var here = await PipelineAsync(0);
        Assert.InRange(at.Loss, here - (1e-4 * here), here + (1e-4 * here));
        Assert.InRange(Math.Abs(Dot(gradient, v) - expected), 0, 3e-3 * gradient.Norm() * v.Norm());
        Assert.True(gradient.Norm() > 0);
    }

    [Fact]
    public async Task Frozen_Gradient_IsThatOfX0TimesTheRootOfAbar()
    {
        using var model = Open("epsilon");
        var networks = Networks(model);
        var (a, random) = (networks.AlphaBar(T), new Random(6));
        Latent x0 = Normal(random), v = Normal(random);
        async Task<Evaluation> AtAsync(double h)
        {
            var moved = X0Path.Frozen(x0 + (h * v), a);
            return await Objective(networks, moved).EvaluateAsync(moved.Inputs(), Stop);
        }

        const double H = 1e-2;
        var expected = Math.Sqrt(a) * ((await AtAsync(H)).Loss - (await AtAsync(-H)).Loss) / (2 * H);
        var gradient = X0Path.Frozen(x0, a).Gradient(await AtAsync(0));

        Assert.InRange(Math.Abs(Dot(gradient, v) - expected), 0, 2e-3 * gradient.Norm() * v.Norm());
        Assert.True(gradient.Norm() > 0);
    }

    [Fact]
    public async Task ThroughUnet_OtherStepsAndPrompts_AreOnlyOtherInputs()
    {
        using var model = Open("epsilon");
        var networks = Networks(model);
        var (row, z) = (await RowAsync(networks, 5, 1), Normal(new Random(8)));
        var other = row with { Positive = await networks.EncodeAsync("a bus"), CfgScale = 7 };
        var built = new List<int>();
        foreach (var path in new[] { X0Path.ThroughUnet(z, Step(0.5), row), X0Path.ThroughUnet(2 * z, Step(0.1), other) })
        {
            networks.Objective("count", b =>
            {
                var x0 = path.Write(b);
                built.Add(x0.Builder.Nodes.Count);
                return x0.Square().Mean();
            }, path.Wrt);
            Assert.Equal(["abar", "cfg", "negative", "positive", "t", "z"], path.Inputs().Keys.Order());
        }

        Assert.Equal(built[0], built[1]);
        Assert.Throws<ArgumentException>(() => X0Path.ThroughUnet(z, Step(0.5), row with { Crop = new Box(0, 0, Side, Side / 2) }));
    }

    private LoadedModel Open(string predicts) => LoadedModel.Open(
        predicts == "epsilon"
            ? Repository.PocketModel
            : PocketCopy.Make(_folder.File("model"), "scheduler/scheduler_config.json", "\"epsilon\"", $"\"{predicts}\""),
        new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));

    private static RunNetworks Networks(LoadedModel model) => new(
        model,
        new PromptEncoder(model),
        PromptLanguage.Of(new GenerationRequest(), new DdimSampler()),
        new PictureEncoder(model),
        new PictureDecoder(model),
        Stop);

    private static async Task<DenoiseRow> RowAsync(RunNetworks networks, double cfgScale, int negativeChunks) => new(
        "all",
        new Lane(0, "picture 1"),
        new Box(0, 0, Side, Side),
        await networks.EncodeAsync("a panda on a blue background"),
        await networks.EncodeAsync("", negativeChunks),
        cfgScale);

    private static StepInfo Step(double alphaBar) => new(0, 1, 0, T, 1, 0, alphaBar, 1, 1 - alphaBar);

    private static IObjective Objective(RunNetworks networks, X0Path path) => networks.Objective(
        "colour", b => Loss.MeanSquare(b.Decode(path.Write(b)).Mean(2, 3), b.Constant([0.4f, -0.2f, 0.1f], 1, 3, 1, 1)), path.Wrt);

    private static double Dot(Latent a, Latent b) => a.Data.ToArray().Zip(b.Data.ToArray(), (x, y) => (double)x * y).Sum();

    private static Latent Normal(Random random) => new(4, Side, Side, Enumerable.Range(0, 4 * Side * Side).Select(_ =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))).ToArray());
}
