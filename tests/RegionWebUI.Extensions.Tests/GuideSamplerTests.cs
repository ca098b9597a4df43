using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Samplers;

namespace RegionWebUI.Extensions.Tests;

/// <summary>The sampler of docs/extensions.md does what it says.</summary>
public class GuideSamplerTests
{
    private static ISampler Sampler => CSharpBlock.Make<ISampler>(Guide.Blocks.Single(b => b.Heading == "A sampler of your own").Text);

    [Fact]
    public async Task Sampler_TwiceTheSteps_LeavesAQuarterOfTheError()
    {
        var (coarse, fine) = (await ErrorAsync(40), await ErrorAsync(80));

        Assert.InRange(coarse / fine, 3.5, 4.6);
    }

    [Fact]
    public void Sampler_SaysWhatItIsCalledAndCosts() => Assert.Equal(("Ralston", 2), (Sampler.Name, Sampler.CallsPerStep));

    private static async Task<double> ErrorAsync(int steps)
    {
        var run = new GaussianRun(steps);
        var x = await Sampler.SampleAsync(run);

        Assert.Equal((2 * steps, steps), (run.Calls, run.Ended));
        return Math.Abs(x[0] - run.Exact);
    }

    /// <summary>Pictures from the standard normal distribution, whose denoiser and whose way down are known in closed form.</summary>
    private sealed class GaussianRun(int steps) : SamplerContext
    {
        public override IReadOnlyList<double> Sigmas { get; } =
            [.. Enumerable.Range(0, steps + 1).Select(i => 10 * Math.Pow(0.01, (double)i / steps))];

        public override double[] X { get; } = [3];

        public override double? Eta => null;

        public override IRun Run => throw new NotSupportedException();

        public override CancellationToken Cancellation => CancellationToken.None;

        public int Calls { get; private set; }

        public int Ended { get; private set; }

        public double Exact => 3 * Math.Sqrt((1 + (Sigmas[^1] * Sigmas[^1])) / (1 + (Sigmas[0] * Sigmas[0])));

        public override Task<double[]> DenoiseAsync(double[] x, int step, double sigma)
        {
            Calls++;
            return Task.FromResult<double[]>([x[0] / (1 + (sigma * sigma))]);
        }

        public override Task<double[]> AfterStepAsync(double[] x, int step, double[] denoised)
        {
            Assert.Equal(Ended++, step);
            return Task.FromResult(x);
        }

        public override double[] Noise() => throw new NotSupportedException();

        public override double[] NoiseBetween(double sigma, double sigmaNext) => throw new NotSupportedException();

        public override void Report(string what) => throw new NotSupportedException();
    }
}
