using CsCheck;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Tests.Schedules;

public class ScheduleTests
{
    private static readonly NoiseSchedule _noise = NoiseSchedule.StableDiffusion;

    [Theory]
    [InlineData("karras")]
    [InlineData("KARRAS")]
    public void Canonical_AnyLetterCase_IsA1111sSpelling(string name) => Assert.Equal("Karras", ScheduleCatalog.Canonical(name));

    [Theory]
    [InlineData("Karas", "'Karras'")]
    [InlineData("automatik", "'Automatic'")]
    public void Canonical_UnknownName_NamesItAndTheNearest(string name, string nearest)
    {
        var refused = Assert.Throws<BadInputException>(() => ScheduleCatalog.Canonical(name));

        Assert.Equal("Schedule", refused.Field);
        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nearest, refused.Message, StringComparison.Ordinal);
        Assert.All(ScheduleCatalog.Names, known => Assert.Contains(known, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Canonical_EndlessName_AnswersInOneShortSentence() =>
        Assert.True(Assert.Throws<BadInputException>(() => ScheduleCatalog.Canonical(new string('k', 100_000))).Message.Length < 300);

    public static TheoryData<string> Names => [.. ScheduleCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sigmas_AnyStepCount_FallWithoutRepeatFromTheNoisyEnd(string name) =>
        Gen.Int[2, 1000].Sample(steps =>
        {
            var sigmas = new EulerSampler().Sigmas(_noise, new ScheduleRequest(steps, name));

            // KL Optimal ends at the model's lowest level; DDIM has as many steps as its stride fits in and starts where it gets to.
            var (end, isDdim) = (name == "KL Optimal" ? _noise.SigmaMin : 0, name == "DDIM");
            Assert.Equal(end, sigmas[^1], 1e-12);
            Assert.True(isDdim ? sigmas.Length > steps : sigmas.Length == steps + 1);
            Assert.InRange(sigmas[0], isDdim ? _noise.Sigma(_noise.Count / 2) : _noise.SigmaMax - 1e-9, 14.615);
            Assert.All(sigmas.Zip(sigmas.Skip(1)), pair => Assert.True(pair.First > pair.Second));
        }, iter: 40);

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(3, 2)]
    public void Quantile_AnyShare_InvertsTheCumulative(double alpha, double beta)
    {
        var distribution = new BetaDistribution(alpha, beta);
        Gen.Double[1e-6, 1 - 1e-6].Sample(p => Math.Abs(distribution.Cumulative(distribution.Quantile(p)) - p) < 1e-9);
    }

    [Fact]
    public void Cumulative_ShapesWithAClosedForm_EqualsIt() =>
        Gen.Double[0.001, 0.999].Sample(x =>
            Math.Abs(new BetaDistribution(0.5, 0.5).Cumulative(x) - (2 / Math.PI * Math.Asin(Math.Sqrt(x)))) < 1e-12
            && Math.Abs(new BetaDistribution(3, 2).Cumulative(x) - ((4 * x * x * x) - (3 * x * x * x * x))) < 1e-12);

    [Fact]
    public void Sigmas_BetaWithShapesThatRepeatLevels_IsRefused()
    {
        var options = new ScheduleOptions { BetaAlpha = 0.001, BetaBeta = 0.001 };

        var refused = Assert.Throws<BadInputException>(
            () => new EulerSampler().Sigmas(_noise, new ScheduleRequest(20, "Beta") { Options = options }));

        Assert.Contains("alpha 0.001", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sigmas_DdimWithAnyStepCount_MakeOneCallAStepAndEndAtTheTablesFirstEntry()
    {
        for (var steps = 1; steps <= 1000; steps++)
        {
            var sigmas = new DdimSampler().Sigmas(_noise, new ScheduleRequest(steps));

            Assert.Equal(steps + 1, sigmas.Length);
            Assert.Equal(_noise.SigmaMin, sigmas[^1]);
            Assert.True(sigmas[0] <= _noise.SigmaMax);
            Assert.All(sigmas.Zip(sigmas.Skip(1)), pair => Assert.True(pair.First >= pair.Second));
        }
    }

    [Fact]
    public void Sigmas_DdimWithANamedSchedule_TakesThatTable() =>
        Assert.Equal(
            new EulerSampler().Sigmas(_noise, new ScheduleRequest(8, "Karras")),
            new DdimSampler().Sigmas(_noise, new ScheduleRequest(8, "Karras")));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1001)]
    [InlineData(10_000)]
    public void Sigmas_StepsOutOfRange_NamesTheValueAndTheRange(int steps)
    {
        var refused = Assert.Throws<BadInputException>(() => new DdimSampler().Sigmas(_noise, new ScheduleRequest(steps)));

        Assert.Equal("Steps", refused.Field);
        Assert.Contains($"{steps} is outside 1..1000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sigmas_DdimOnAModelWithFewerTimestepsThanSteps_IsRefused()
    {
        var refused = Assert.Throws<BadInputException>(() => new DdimSampler().Sigmas(new NoiseSchedule(0.001, 0.02, 50), new ScheduleRequest(60)));

        Assert.Contains("1..50", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.6)]
    [InlineData(0.6, double.NaN)]
    public void Sigmas_BetaShapesOutOfRange_AreRefused(double alpha, double beta)
    {
        var options = new ScheduleOptions { BetaAlpha = alpha, BetaBeta = beta };

        Assert.Throws<BadInputException>(() => new EulerSampler().Sigmas(_noise, new ScheduleRequest(5, "Beta") { Options = options }));
    }

    [Theory]
    [InlineData(0.0, null, null)]
    [InlineData(double.NaN, null, null)]
    [InlineData(null, -1.0, null)]
    [InlineData(null, 20.0, null)]
    [InlineData(null, 3.0, 3.0)]
    [InlineData(null, null, double.PositiveInfinity)]
    public void Sigmas_OptionsNoTableCanBeMadeOf_AreRefused(double? rho, double? min, double? max)
    {
        var options = new ScheduleOptions { Rho = rho, SigmaMin = min, SigmaMax = max };

        Assert.Throws<BadInputException>(() => new EulerSampler().Sigmas(_noise, new ScheduleRequest(5, "Karras") { Options = options }));
    }
}
