using CsCheck;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>What holds for every sampler, whatever the model.</summary>
public class SamplerTests
{
    private static readonly NoiseSchedule _noise = NoiseSchedule.StableDiffusion;

    public static TheoryData<string> Names => [.. SamplerCatalog.Names];

    /// <summary>Those that follow the ODE where eta is 0; the others noise the state whatever eta is.</summary>
    public static TheoryData<string> OdeNames => [.. SamplerCatalog.Names.Except(["LCM", "Restart"])];

    /// <summary>Those whose strides do not follow from the values of all lanes.</summary>
    public static TheoryData<string> LaneNames => [.. SamplerCatalog.Names.Except(["DPM adaptive"])];

    [Theory]
    [MemberData(nameof(OdeNames))]
    public async Task SampleAsync_DenoiserThatAlwaysSaysTheSame_FollowsTheStraightLine(string name)
    {
        // D = c makes dx/dsigma = (x - c) / sigma, whose solution every deterministic sampler must meet exactly: x - c grows with sigma.
        var sampler = SamplerCatalog.Resolve(name);
        await Gen.Select(Gen.Int[3, 30], Gen.Double[-3, 3], Gen.Double[-20, 20]).SampleAsync(async (steps, c, start) =>
        {
            var sigmas = sampler.Sigmas(_noise, new ScheduleRequest(steps));
            await sampler.SampleAsync(
                new SamplerRun
                {
                    Sigmas = sigmas,
                    X = [start],
                    Denoise = (_, _, _) => Task.FromResult<double[]>([c]),
                    Noise = () => [0],
                    NoiseBetween = (_, _) => [0],
                    Options = new SamplerOptions { Eta = 0 },
                    AfterStep = (step, _) =>
                    {
                        Assert.Equal(c + ((start - c) * step.SigmaNext / sigmas[0]), step.X[0], 1e-9);
                        return Task.FromResult(step.X);
                    },
                },
                CancellationToken.None);
        }, iter: 30);
    }

    [Theory]
    [InlineData("Euler", 1.0)]
    [InlineData("DDIM", 1.0)]
    [InlineData("Heun", 2.0)]
    [InlineData("DPM++ 2M", 2.0)]
    [InlineData("DPM2", 2.0)]
    [InlineData("DPM2 a", 2.0)]
    [InlineData("DPM++ 2S a", 2.0)]
    [InlineData("DPM++ SDE", 2.0)]
    [InlineData("DPM++ 2M SDE", 2.0)]
    [InlineData("DPM++ 2M SDE Heun", 2.0)]
    public async Task SampleAsync_HalfTheStride_GainsTheOrderOfTheMethod(string name, double order)
    {
        // D = x s^2 / (s^2 + sigma^2) is the exact denoiser of a Gaussian; x grows with sqrt(s^2 + sigma^2) along the ODE.
        const double S2 = 0.36;
        async Task<double> ErrorAsync(int steps)
        {
            var sigmas = Enumerable.Range(0, steps + 1).Select(i => Math.Exp(2 - (4.0 * i / steps))).ToArray();
            var x = await SamplerCatalog.Resolve(name).SampleAsync(
                new SamplerRun
                {
                    Sigmas = sigmas,
                    X = [1],
                    Noise = () => [0],
                    NoiseBetween = (_, _) => [0],
                    Options = new SamplerOptions { Eta = 0 },
                    Denoise = (x, call, _) => Task.FromResult<double[]>([x[0] * S2 / (S2 + (call.Sigma * call.Sigma))]),
                },
                CancellationToken.None);
            return Math.Abs(x[0] - Math.Sqrt((S2 + Math.Pow(sigmas[^1], 2)) / (S2 + Math.Pow(sigmas[0], 2))));
        }

        var measured = Math.Log2(await ErrorAsync(200) / await ErrorAsync(400));

        Assert.InRange(measured, order - 0.2, order + 0.2);
    }

    [Theory]
    [MemberData(nameof(LaneNames))]
    public async Task SampleAsync_TwoLanes_EqualTwoRunsOfOneBitForBit(string name)
    {
        var denoiser = MixtureDenoiser.Load();
        Task<double[]> RunAsync(params long[] seeds)
        {
            var sampler = SamplerCatalog.Resolve(name);
            var sigmas = sampler.Sigmas(_noise, new ScheduleRequest(6));
            var noise = new LaneNoise(
                [.. seeds.Select(seed => new TorchCpuGenerator(seed))],
                [.. seeds.Select(seed => new BrownianTree(seed, 0.03, sigmas[0], denoiser.Lane))],
                denoiser.Lane);
            return sampler.SampleAsync(
                new SamplerRun
                {
                    Sigmas = sigmas,
                    X = [.. noise.Draw().Select(z => z * sampler.StartScale(sigmas[0]))],
                    Noise = noise.Draw,
                    NoiseBetween = noise.Between,
                    Options = new SamplerOptions { Eta = 0.7, SChurn = 3 },
                    Denoise = (x, call, _) => Task.FromResult(denoiser.Denoise(x, call.Sigma)),
                },
                CancellationToken.None);
        }

        double[] alone = [.. await RunAsync(1), .. await RunAsync(2)];

        Assert.Equal(alone, await RunAsync(1, 2));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SampleAsync_Cancelled_MakesNoFurtherModelCall(string name)
    {
        var sampler = SamplerCatalog.Resolve(name);
        using var stop = new CancellationTokenSource();
        var calls = 0;
        var run = new SamplerRun
        {
            Sigmas = sampler.Sigmas(_noise, new ScheduleRequest(20)),
            X = [1, 2],
            Noise = () => [0, 0],
            NoiseBetween = (_, _) => [0, 0],
            Denoise = (x, _, _) =>
            {
                if (++calls == 3)
                {
                    stop.Cancel();
                }

                return Task.FromResult(x);
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sampler.SampleAsync(run, stop.Token));
        Assert.Equal(3, calls);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SampleAsync_StateReplacedAfterAStep_GoesOnWithTheReplacement(string name)
    {
        var sampler = SamplerCatalog.Resolve(name);
        var sigmas = sampler.Sigmas(_noise, new ScheduleRequest(5));
        var inputs = new Dictionary<int, double>();
        var steps = new List<SamplerStep>();
        var final = await sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sigmas,
                X = [1],
                Noise = () => [0],
                NoiseBetween = (_, _) => [0],
                Denoise = (x, call, _) =>
                {
                    inputs.TryAdd(call.StepIndex, x[0]);
                    return Task.FromResult<double[]>([0.5]);
                },
                AfterStep = (step, _) =>
                {
                    steps.Add(step);
                    return Task.FromResult<double[]>([100 + step.Index]);
                },
            },
            CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, steps.Count), steps.Select(step => step.Index));
        Assert.Equal(Enumerable.Range(99, steps.Count).Select(x => x == 99 ? 1.0 : x), inputs.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal([99.0 + steps.Count], final);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SampleAsync_AnyStepCountFromOneToAThousand_FinishesOrSaysHowManyItNeeds(string name)
    {
        const double S2 = 0.36;
        var sampler = SamplerCatalog.Resolve(name);
        foreach (var steps in new[] { 1, 2, 3, 4, 5, 7, 19, 20, 36, 50, 333, 600, 999, 1000 })
        {
            var sigmas = sampler.Sigmas(_noise, new ScheduleRequest(steps));
            var generator = new TorchCpuGenerator(steps);
            var path = new BrownianTree(steps, sigmas.Last(sigma => sigma > 0), sigmas[0], 2);
            var done = new List<SamplerStep>();
            var run = new SamplerRun
            {
                Sigmas = sigmas,
                X = [sampler.StartScale(sigmas[0]), -sampler.StartScale(sigmas[0])],
                Noise = () => generator.RandnDouble(2),
                NoiseBetween = steps > 50 ? (_, _) => generator.RandnDouble(2) : path.Between,
                Denoise = (x, call, _) => Task.FromResult<double[]>([.. x.Select(v => v * S2 / (S2 + (call.Sigma * call.Sigma)))]),
                AfterStep = (step, _) =>
                {
                    done.Add(step);
                    return Task.FromResult(step.X);
                },
            };
            if (sigmas.Length - 1 < sampler.FewestSteps(run.Options))
            {
                var refused = await Assert.ThrowsAsync<BadInputException>(() => sampler.SampleAsync(run, CancellationToken.None));
                Assert.Contains($"{name} needs at least", refused.Message, StringComparison.Ordinal);
                continue;
            }

            var final = await sampler.SampleAsync(run, CancellationToken.None);

            // Two steps of the second order overshoot, but nothing runs away.
            Assert.All(final, v => Assert.InRange(v, -10, 10));
            Assert.Equal(done.Count, done[^1].Count);
            Assert.Equal(sigmas[^1], done[^1].SigmaNext, 1e-12);
            Assert.Same(done[^1].X, final);
        }
    }

    [Fact]
    public async Task SampleAsync_AdaptiveOnADenoiserThatIsNoNumber_SaysSoInsteadOfGoingOnForever()
    {
        var run = new SamplerRun
        {
            Sigmas = [14, 0.03],
            X = [1],
            Noise = () => [0],
            NoiseBetween = (_, _) => [0],
            Denoise = (_, _, _) => Task.FromResult<double[]>([double.NaN]),
        };

        var refused = await Assert.ThrowsAsync<BadInputException>(() => new DpmAdaptiveSampler().SampleAsync(run, CancellationToken.None));

        Assert.Contains("DPM adaptive", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SampleAsync_ArraysHandedOut_StayAsTheyWere(string name)
    {
        var sampler = SamplerCatalog.Resolve(name);
        var seen = new List<(double[] Array, double[] Copy)>();
        double[] Note(double[] array)
        {
            seen.Add((array, [.. array]));
            return array;
        }

        await sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sampler.Sigmas(_noise, new ScheduleRequest(5)),
                X = Note([3, -2]),
                Noise = () => Note([0.3, 0.1]),
                NoiseBetween = (_, _) => Note([0.3, 0.1]),
                Options = new SamplerOptions { Eta = 1, SChurn = 2 },
                Denoise = (x, _, _) => Task.FromResult(Note([.. Note(x).Select(v => v / 3)])),
                AfterStep = (step, _) => Task.FromResult(Note(step.X)),
            },
            CancellationToken.None);

        Assert.All(seen, pair => Assert.Equal(pair.Copy, pair.Array));
    }

    [Theory]
    [InlineData(-0.1, 0, 1, "Eta")]
    [InlineData(1.5, 0, 1, "Eta")]
    [InlineData(double.NaN, 0, 1, "Eta")]
    [InlineData(0.5, -1, 1, "SChurn")]
    [InlineData(0.5, double.PositiveInfinity, 1, "SChurn")]
    [InlineData(0.5, 0, double.NaN, "SNoise")]
    [InlineData(0.5, 0, 1, "UniPcOrder")]
    public async Task SampleAsync_OptionOutOfRange_IsRefusedBeforeAnyModelCall(double eta, double churn, double noise, string field)
    {
        var run = new SamplerRun
        {
            Sigmas = [1, 0],
            X = [1],
            Noise = () => [0],
            NoiseBetween = (_, _) => [0],
            Denoise = (_, _, _) => throw new InvalidOperationException("called"),
            Options = new SamplerOptions { Eta = eta, SChurn = churn, SNoise = noise, UniPcOrder = field == "UniPcOrder" ? 51 : 3 },
        };

        var refused = await Assert.ThrowsAsync<BadInputException>(() => new EulerSampler().SampleAsync(run, CancellationToken.None));

        Assert.Equal(field, refused.Field);
    }
}
