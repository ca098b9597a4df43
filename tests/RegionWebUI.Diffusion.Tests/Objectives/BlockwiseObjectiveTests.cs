using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Objectives;

/// <summary>A loss through UNet, decoder and CLIP at once, in one graph and block by block.</summary>
public sealed class BlockwiseObjectiveTests : IDisposable
{
    private const int Side = 8;
    private const double Tolerance = 1e-5;

    private static readonly MemoryOptions _plenty = new() { AvailableBytes = 1L << 40 };

    private readonly NamingRuntime _runtime = new();
    private readonly List<LoadedModel> _models = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _models.ForEach(model => model.Dispose());

    [Fact]
    public async Task Evaluate_BlockByBlock_IsTheOneGraphAndHasTheDirectionalDerivativeOfItsLoss()
    {
        var random = new Random(11);
        float[] z = [.. Normal(random)], v = [.. Normal(random)];
        var whole = await EvaluateAsync(Take(_plenty), z);
        Assert.Equal(["objective-vjp"], _runtime.Loaded);
        var objective = Take(_plenty with { GradientShare = 0 });
        var blocks = await EvaluateAsync(objective, z);
        Assert.True(_runtime.Loaded.Count(name => name.StartsWith("objective-blocks-backward", StringComparison.Ordinal)) > 20);

        Assert.InRange(Math.Abs(blocks.Loss - whole.Loss), 0, Tolerance * Math.Abs(whole.Loss));
        var (expected, gradient) = (whole.Gradients["z"].ToArray(), blocks.Gradients["z"].ToArray());
        Assert.InRange(expected.Zip(gradient, (a, b) => Math.Abs(a - b)).Max(), 0, Tolerance * expected.Max(Math.Abs));

        const double H = 1e-2;
        var up = await EvaluateAsync(objective, Moved(z, v, H));
        var down = await EvaluateAsync(objective, Moved(z, v, -H));
        var along = gradient.Zip(v, (g, d) => (double)g * d).Sum();
        var scale = Math.Sqrt(gradient.Sum(g => (double)g * g)) * Math.Sqrt(v.Sum(d => (double)d * d));
        Assert.True(scale > 0);
        Assert.InRange(Math.Abs(along - ((up.Loss - down.Loss) / (2 * H))), 0, 2e-3 * scale);
    }

    [Fact]
    public async Task Evaluate_Cancelled_EndsBeforeAnyBlock()
    {
        using var cancellation = new CancellationTokenSource();
        var objective = Take(_plenty with { GradientShare = 0 });
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => objective.EvaluateAsync(Inputs(new float[4 * Side * Side]), cancellation.Token));

        Assert.Empty(_runtime.Loaded);
    }

    [Fact]
    public void Take_MoreThanThereIs_IsRefusedWithBothNumbersBeforeAnythingIsLoaded()
    {
        var error = Assert.Throws<InsufficientMemoryException>(() => Take(new MemoryOptions { AvailableBytes = 4 << 20 }));

        Assert.Matches("'through all' needs about [0-9]+ MiB .* 2 MiB are there", error.Message);
        Assert.Empty(_runtime.Loaded);
    }

    [Theory]
    [InlineData(0, 0.5, 0.25)]
    [InlineData(1, 0, 0.25)]
    [InlineData(1, 1, 0.25)]
    [InlineData(1, double.NaN, 0.25)]
    [InlineData(1, 0.5, -0.1)]
    [InlineData(1, 0.5, 1.1)]
    public void Open_MemoryOutsideItsRange_IsRefused(long available, double sessions, double gradient) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadedModel.Open(
            Repository.PocketModel,
            _runtime,
            new MemoryOptions { AvailableBytes = available, SessionShare = sessions, GradientShare = gradient }));

    private IObjective Take(MemoryOptions memory)
    {
        var model = LoadedModel.Open(Repository.PocketModel, _runtime, memory);
        _models.Add(model);
        var width = model.TextConfig.HiddenSize;
        return model.Objectives.Take(
            "through all",
            b =>
            {
                var z = b.Input("z", 1, 4, Side, Side);
                var eps = b.Unet(z, b.Input("t", 1), b.Input("words", 1, 77, width));
                var size = b.Constant(SizeMatrix.Crop(Side * b.Cell, 0, Side * b.Cell, b.ClipSize), b.ClipSize, Side * b.Cell);
                var pixels = (b.Decode(z - (eps * 0.5)) * 0.5) + 0.5;
                return b.ClipImage(pixels.Map(size, size)).Square().Mean() + (0.1 * pixels.Square().Mean());
            },
            ["z"],
            Stop);
    }

    private Task<Evaluation> EvaluateAsync(IObjective objective, float[] z) => objective.EvaluateAsync(Inputs(z), Stop);

    private Dictionary<string, ReadOnlyMemory<float>> Inputs(float[] z) => new()
    {
        ["z"] = z,
        ["t"] = new[] { 400f },
        ["words"] = Enumerable.Range(0, 77 * _models[^1].TextConfig.HiddenSize).Select(i => (float)Math.Sin(i)).ToArray(),
    };

    private static float[] Moved(float[] z, float[] v, double h) => [.. z.Zip(v, (x, d) => (float)(x + (h * d)))];

    private static IEnumerable<float> Normal(Random random) => Enumerable.Range(0, 4 * Side * Side).Select(_ =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
}
