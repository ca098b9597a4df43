using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Objectives;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Objectives;

/// <summary>Losses over the embedded model's own networks.</summary>
public sealed class ObjectiveTests : IDisposable
{
    private const int Side = 8;

    private readonly LoadedModel _model = LoadedModel.Open(
        Repository.PocketModel, new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Evaluate_ClipThroughTheDecoder_HasTheDirectionalDerivativeOfItsLoss()
    {
        var random = new Random(7);
        var objective = Take("clip", b =>
        {
            var size = Constant(b, SizeMatrix.Crop(Side * b.Cell, 0, Side * b.Cell, b.ClipSize), b.ClipSize, Side * b.Cell);
            return Loss.Spherical(b.ClipImage(((b.Decode(Z(b)) * 0.5) + 0.5).Map(size, size)), b.Input("text", 1, b.ClipWidth)).Mean();
        });
        var text = new ClipTextEncoder(_model).Encode("a blue panda", Stop);
        float[] z = [.. Normal(random)], v = [.. Normal(random)];

        var at = await EvaluateAsync(objective, z, text);
        const double H = 1e-2;
        var up = await EvaluateAsync(objective, Moved(z, v, H), text);
        var down = await EvaluateAsync(objective, Moved(z, v, -H), text);

        var expected = (up.Loss - down.Loss) / (2 * H);
        var gradient = at.Gradients["z"].ToArray();
        var actual = gradient.Zip(v, (g, d) => (double)g * d).Sum();
        var scale = Math.Sqrt(gradient.Sum(g => (double)g * g)) * Math.Sqrt(v.Sum(d => (double)d * d));
        Assert.True(scale > 0);
        Assert.InRange(Math.Abs(actual - expected), 0, 2e-3 * scale);
    }

    [Fact]
    public async Task Evaluate_UnetAndDecoder_HasTheDirectionalDerivativeOfItsLoss()
    {
        var random = new Random(3);
        var width = _model.TextConfig.HiddenSize;
        var objective = Take("through the unet", b =>
        {
            var eps = b.Unet(Z(b), b.Input("t", 1), b.Input("words", 1, 77, width));
            return b.Decode(Z(b) - (eps * 0.5)).Square().Mean();
        });
        float[] z = [.. Normal(random)], v = [.. Normal(random)];
        float[] words = [.. Enumerable.Range(0, 77 * width).Select(i => (float)Math.Sin(i))];
        async Task<Evaluation> At(float[] x) => await objective.EvaluateAsync(
            new Dictionary<string, ReadOnlyMemory<float>> { ["z"] = x, ["t"] = new[] { 400f }, ["words"] = words }, Stop);

        const double H = 1e-2;
        var expected = ((await At(Moved(z, v, H))).Loss - (await At(Moved(z, v, -H))).Loss) / (2 * H);
        var gradient = (await At(z)).Gradients["z"].ToArray();

        var actual = gradient.Zip(v, (g, d) => (double)g * d).Sum();
        var scale = Math.Sqrt(gradient.Sum(g => (double)g * g)) * Math.Sqrt(v.Sum(d => (double)d * d));
        Assert.InRange(Math.Abs(actual - expected), 0, 2e-3 * scale);
    }

    [Theory]
    [InlineData("text", "wants the input 'text'")]
    [InlineData("z", "is [1, 4, 8, 8], 256 values; 3 are given")]
    [InlineData("other", "has no input 'other'")]
    public async Task Evaluate_InputsThatDoNotFit_AreNamed(string input, string sentence)
    {
        var objective = Take("sum", b => (Z(b).Mean() + b.Input("text", 2).Mean()).Square());
        var inputs = new Dictionary<string, ReadOnlyMemory<float>> { ["z"] = new float[256], ["text"] = new float[2] };
        switch (input)
        {
            case "text":
                inputs.Remove("text");
                break;
            case "z":
                inputs["z"] = new float[3];
                break;
            default:
                inputs["other"] = new float[1];
                break;
        }

        var error = await Assert.ThrowsAsync<ArgumentException>(() => objective.EvaluateAsync(inputs, Stop));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_LossThatIsNone_IsRefusedWithASentence()
    {
        Assert.Contains("A loss is one number", Refused(b => Z(b).Square()), StringComparison.Ordinal);
        Assert.Contains("has no LPIPS", Refused(b => b.Lpips(Z(b), Z(b))), StringComparison.Ordinal);
        Assert.Contains("no input 'z'", Refused(b => b.Input("w", 1).Sum()), StringComparison.Ordinal);
    }

    private string Refused(Func<ILossBuilder, Expr> loss) => Assert.Throws<ArgumentException>(() => Take("refused", loss)).Message;

    private IObjective Take(string key, Func<ILossBuilder, Expr> loss) => _model.Objectives.Take(key, loss, ["z"], Stop);

    private static Expr Z(ILossBuilder b) => b.Input("z", 1, 4, Side, Side);

    private static Expr Constant(ILossBuilder b, float[] values, params int[] dims) => b.Constant(values, dims);

    private static async Task<Evaluation> EvaluateAsync(IObjective objective, float[] z, ReadOnlyMemory<float> text) => await objective.EvaluateAsync(
        new Dictionary<string, ReadOnlyMemory<float>> { ["z"] = z, ["text"] = text }, Stop);

    private static float[] Moved(float[] z, float[] v, double h) => [.. z.Zip(v, (x, d) => (float)(x + (h * d)))];

    private static IEnumerable<float> Normal(Random random) => Enumerable.Range(0, 4 * Side * Side).Select(_ =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
}
