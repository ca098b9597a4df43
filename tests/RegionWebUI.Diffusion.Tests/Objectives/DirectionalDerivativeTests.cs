using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Objectives;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Objectives;

/// <summary>Gradients through the whole of the embedded model against central differences along directions.</summary>
public sealed class DirectionalDerivativeTests(ITestOutputHelper output) : IDisposable
{
    private const int Side = 8;
    private const double Tolerance = 1e-3;

    private readonly LoadedModel _model = LoadedModel.Open(
        Repository.PocketModel, new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));

    private readonly Random _random = new(17);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private int Width => _model.TextConfig.HiddenSize;

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(480.5)]
    [InlineData(901)]
    public async Task Unet_WeightedSumOfItsPrediction_HasTheDerivativesOfStateAndConditioning(double t)
    {
        var inputs = new Dictionary<string, ReadOnlyMemory<float>>
        {
            ["z"] = Normal(4 * Side * Side),
            ["t"] = new[] { (float)t },
            ["words"] = Words("a penguin in the snow"),
            ["cotangent"] = Normal(4 * Side * Side),
        };

        await RequireDerivativesAsync("unet", inputs, ["z", "words"], step: 0.1, b =>
        {
            var eps = b.Unet(b.Input("z", 1, 4, Side, Side), b.Input("t", 1), b.Input("words", 1, 77, Width));
            return (eps * b.Input("cotangent", 1, 4, Side, Side)).Sum();
        });
    }

    [Fact]
    public async Task UnetDecoderAndClip_WithBothHalvesOfTheGuidance_HasTheDerivativeOfItsLoss()
    {
        const double AlphaBar = 0.42288, Scale = 5;
        float[] z = Normal(4 * Side * Side);
        var inputs = new Dictionary<string, ReadOnlyMemory<float>>
        {
            ["z"] = z,
            ["t"] = new[] { 451f, 451f },
            ["words"] = (float[])[.. Words(""), .. Words("a blue balloon")],
            ["text"] = new ClipTextEncoder(_model).Encode("a red balloon", Stop),
        };

        await RequireDerivativesAsync("exact", inputs, ["z"], step: 0.02, b =>
        {
            var state = b.Input("z", 1, 4, Side, Side);
            var both = b.Unet(Expr.Concat(0, state, state), b.Input("t", 2), b.Input("words", 2, 77, Width));
            var (without, with) = (both.Slice(0, 0, 1), both.Slice(0, 1, 1));
            var x0 = (state - ((without + ((with - without) * Scale)) * Math.Sqrt(1 - AlphaBar))) / Math.Sqrt(AlphaBar);
            var size = b.Constant(SizeMatrix.Crop(Side * b.Cell, 3, 57, b.ClipSize), b.ClipSize, Side * b.Cell);
            return Loss.Spherical(b.ClipImage(((b.Decode(x0) * 0.5) + 0.5).Map(size, size)), b.Input("text", 1, b.ClipWidth)).Mean();
        });
    }

    // Along a random direction, and along the gradient itself, where the derivative is greatest.
    private async Task RequireDerivativesAsync(
        string key, Dictionary<string, ReadOnlyMemory<float>> inputs, string[] wrt, double step, Func<ILossBuilder, Expr> loss)
    {
        var objective = _model.Objectives.Take(key, loss, wrt, Stop);
        var at = await objective.EvaluateAsync(inputs, Stop);
        foreach (var input in wrt)
        {
            var gradient = at.Gradients[input].ToArray();
            var norm = Norm(gradient);
            Assert.True(double.IsFinite(norm) && norm > 0, $"{input}: the gradient's norm is {norm}");
            float[][] directions = [Unit(Normal(gradient.Length)), Unit(gradient)];
            foreach (var v in directions)
            {
                // Richardson (1911): central differences of two steps, less their common error of second order.
                var expected = ((4 * await DifferenceAsync(step / 2)) - await DifferenceAsync(step)) / 3;
                var actual = gradient.Zip(v, (g, d) => (double)g * d).Sum();
                output.WriteLine($"{key} by {input}: {actual:g6}, differences say {expected:g6}, the gradient's norm is {norm:g6}");
                Assert.InRange(Math.Abs(actual - expected), 0, Tolerance * norm);

                async Task<double> DifferenceAsync(double h) => (await LossAtAsync(h) - await LossAtAsync(-h)) / (2 * h);

                async Task<double> LossAtAsync(double h) => (await objective.EvaluateAsync(
                    new Dictionary<string, ReadOnlyMemory<float>>(inputs)
                    {
                        [input] = (float[])[.. inputs[input].ToArray().Zip(v, (x, d) => (float)(x + (h * d)))],
                    },
                    Stop)).Loss;
            }
        }
    }

    private float[] Words(string prompt)
    {
        var (ids, tokenizer) = (_model.Tokenizer.Encode(prompt).Ids.Select(id => (long)id), _model.Tokenizer);
        long[] row = [.. ids.Prepend(tokenizer.Bos).Concat(Enumerable.Repeat((long)tokenizer.Eos, 77)).Take(77)];
        var result = HostTensor.Empty(new Shape(1, 77, Width));
        _model.UseTextEncoder(clipSkip: 1, session => session.Run(
            new Dictionary<string, HostTensor> { ["input_ids"] = HostTensor.Of(new Shape(1, 77), row) },
            new Dictionary<string, HostTensor> { ["last_hidden_state"] = result },
            Stop));
        return result.Floats;
    }

    private float[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble())))];

    private static float[] Unit(float[] v)
    {
        var norm = Norm(v);
        return [.. v.Select(x => (float)(x / norm))];
    }

    private static double Norm(float[] v) => Math.Sqrt(v.Sum(x => (double)x * x));
}
