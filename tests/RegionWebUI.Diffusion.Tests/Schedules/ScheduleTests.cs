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
    [InlineData("auto", "'Automatic'")]
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
        Assert.True(Assert.Throws<BadInputException>(() => ScheduleCatalog.Canonical(new string('k', 100_000))).Message.Length < 200);

    [Fact]
    public void Sigmas_EveryScheduleAndStepCount_FallWithoutRepeatDownToZero() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Bool).Sample((steps, karras) =>
        {
            var sigmas = new EulerSampler().Sigmas(_noise, new ScheduleRequest(steps, karras ? "Karras" : "Uniform"));
            return sigmas.Length == steps + 1
                && sigmas[^1] == 0
                && Math.Abs(sigmas[0] - _noise.SigmaMax) < 1e-9
                && sigmas.Zip(sigmas.Skip(1)).All(pair => pair.First > pair.Second);
        });

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
