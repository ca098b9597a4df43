using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Objectives;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Hooks;

/// <summary>What a push does whatever the gradient, the bound and the sampler.</summary>
public class PushPropertyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, double> EverySampler => new MatrixTheoryData<string, double>(SamplerCatalog.Names, [0, 0.05]);

    [Theory]
    [MemberData(nameof(EverySampler))]
    public async Task Push_GradientOfZero_ChangesNoBitWithAnySampler(string sampler, double trust)
    {
        var run = new SeamRun { Sampler = sampler, Steps = 12 };
        var zero = new Latent(4, 8, 8, Enumerable.Range(0, 256).Select(i => i % 2 == 0 ? 0f : -0f).ToArray());
        var pushes = 0;

        var plain = await run.RunAsync();
        var pushed = await run.RunAsync(Hook.Guide(c =>
        {
            c.Push(c.Lanes[0], zero, trust);
            pushes++;
        }));

        Assert.True(pushes > 0);
        Assert.Equal(Bits(plain[0]), Bits(pushed[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    public async Task Push_LossWithoutSlope_ChangesNoBitOfThePicture(double trust)
    {
        var request = new GenerationRequest { Prompt = "a castle at sunset", Seed = 5, Steps = 4, Width = 64, Height = 64 };
        using var engine = new GenerationEngine(Pocket(), TimeProvider.System);
        var hook = new FlatLoss(trust);

        var plain = await engine.GenerateAsync(request, null, Stop);
        var guided = await engine.GenerateAsync(request, [new RunExtension("flat", "1.0.0", _ => [hook])], null, Stop);

        Assert.Equal(request.Steps, hook.Pushes);
        Assert.Equal(plain.Pictures[0].Picture.Rgb.ToArray(), guided.Pictures[0].Picture.Rgb.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Push_WithTrust_StepsAgainstTheGradientAndNoFurtherThanItsShareOfX0(int seed)
    {
        var random = new Random(seed);
        var bounded = 0;
        for (var i = 0; i < 250; i++)
        {
            // Norms from a hundred-thousandth to a hundred thousand, noise levels of the whole schedule.
            var x0 = Values(random, Math.Pow(10, (2 * random.NextDouble()) - 1));
            var g = Array.ConvertAll(Values(random, Math.Pow(10, (10 * random.NextDouble()) - 5)), v => (float)v);
            var trust = Math.Pow(10, -3 * random.NextDouble());
            var alphaBar = NoiseSchedule.AlphaBarOf(NoiseSchedule.StableDiffusion.Sigma(999 * random.NextDouble()));
            var moved = (double[])x0.Clone();

            Guidance.Push(moved, new Latent(4, 2, 2, g), At(alphaBar), trust);

            var full = (1 - alphaBar) / Math.Sqrt(alphaBar) * Norm(g.Select(v => (double)v));
            var bound = trust * Norm(x0);
            var step = moved.Zip(x0, (a, b) => a - b).ToArray();
            bounded += full > bound ? 1 : 0;
            Assert.True(Norm(step) <= bound * (1 + 1e-9));
            Assert.Equal(1, Norm(step) / Math.Min(full, bound), 1e-6);
            var cosine = step.Zip(g, (a, b) => a * b).Sum() / (Norm(step) * Norm(g.Select(v => (double)v)));
            Assert.Equal(-1, cosine, 1e-9);
        }

        Assert.InRange(bounded, 25, 225);
    }

    [Fact]
    public void Push_WithTrustInAPictureOfZeros_StaysWhereItIs()
    {
        var x0 = new double[16];

        Guidance.Push(x0, new Latent(4, 2, 2, Array.ConvertAll(new float[16], _ => 3f)), At(0.5), trust: 1);

        Assert.All(x0, v => Assert.Equal(0, v));
    }

    /// <summary>
    /// With eps held fast x0 = (z - sqrt(1 - abar) eps) / sqrt(abar), and x_in = f x0 + (1 - f) z, f = sqrt(1 - abar), is Crowson's (2021)
    /// blend: dL/dz = (f / sqrt(abar) + 1 - f) dL/dx_in. What is pushed moves x0 by (1 - abar) / sqrt(abar) of it.
    /// </summary>
    [Fact]
    public async Task Push_FrozenEps_MovesX0ByTheScaledGradientOfTheBlend()
    {
        using var model = Pocket();
        int[] dims = [1, 4, 8, 8];
        Expr Distance(ILossBuilder b, Expr blend) => (blend - b.Input("target", dims)).Square().Sum();
        var through = model.Objectives.Take(
            "frozen",
            b =>
            {
                var (z, signal, spread) = (b.Input("z", dims), b.Input("signal"), b.Input("spread"));
                var x0 = (z - (spread * b.Input("eps", dims))) / signal;
                return Distance(b, (spread * x0) + ((1 - spread) * z));
            },
            ["z"],
            Stop);
        var direct = model.Objectives.Take("blend", b => Distance(b, b.Input("blend", dims)), ["blend"], Stop);
        var target = Array.ConvertAll(Values(new Random(9), 4, 256), v => (float)v);
        var steps = 0;
        await new SeamRun().RunAsync(Hook.Guide(c =>
        {
            var (lane, a) = (c.Lanes[0], c.Step.AlphaBar);
            var (signal, f) = (Math.Sqrt(a), Math.Sqrt(1 - a));
            var (z, eps, x0) = (c.Z(lane), c.Eps(lane), c.X0(lane));
            var atZ = Gradient(through, new()
            {
                ["z"] = z.Data,
                ["eps"] = eps.Data,
                ["target"] = target,
                ["signal"] = new[] { (float)signal },
                ["spread"] = new[] { (float)f },
            });
            var atBlend = Gradient(direct, new() { ["blend"] = ((f * x0) + ((1 - f) * z)).Data, ["target"] = target });
            var scaled = ((f / signal) + 1 - f) * atBlend;
            Assert.True((atZ - scaled).Norm() <= 1e-4 * scaled.Norm(), $"step {c.Step.Index}");

            c.Push(lane, atZ);

            var expected = (1 - a) / signal * scaled;
            Assert.True((x0 - c.X0(lane) - expected).Norm() <= 1e-4 * Math.Max(expected.Norm(), 1e-2 * x0.Norm()), $"step {c.Step.Index}");
            steps++;
        }));
        Assert.Equal(20, steps);
    }

    private static Latent Gradient(IObjective objective, Dictionary<string, ReadOnlyMemory<float>> inputs) =>
        new(4, 8, 8, objective.EvaluateAsync(inputs, Stop).GetAwaiter().GetResult().Gradients.Values.Single());

    private static LoadedModel Pocket() => LoadedModel.Open(
        Repository.PocketModel, new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));

    private static StepInfo At(double alphaBar) => new(0, 1, 0, 0, Math.Sqrt((1 - alphaBar) / alphaBar), 0, alphaBar, 1, 0);

    private static double[] Values(Random random, double scale, int count = 16) =>
        [.. Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextDouble()) - 1))];

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(v => v * v));

    private static int[] Bits(Latent latent) => Array.ConvertAll(latent.Data.ToArray(), BitConverter.SingleToInt32Bits);

    /// <summary>Pushes the gradient of a loss that is 0 everywhere, taken through the decoder.</summary>
    private sealed class FlatLoss(double trust) : IGuideHook
    {
        public int Pushes { get; private set; }

        public async Task GuideAsync(GuideContext c)
        {
            var x0 = c.X0(c.Lanes[0]);
            var loss = c.Networks.Objective(
                "flat", b => b.Decode(b.Input("x0", 1, x0.Channels, x0.Height, x0.Width)).Square().Mean() * 0, "x0");
            var at = await loss.EvaluateAsync(new Dictionary<string, ReadOnlyMemory<float>> { ["x0"] = x0.Data }, c.Cancellation);
            c.Push(c.Lanes[0], new Latent(x0.Channels, x0.Height, x0.Width, at.Gradients["x0"]), trust);
            Pushes++;
        }
    }
}
