using CsCheck;
using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Tests.Schedules;

public class NoiseScheduleTests
{
    private static readonly NoiseSchedule _noise = NoiseSchedule.StableDiffusion;

    [Fact]
    public void T_SigmaOfAWholeTimestep_IsThatTimestepExactly() =>
        Assert.All(Enumerable.Range(0, _noise.Count), t => Assert.Equal(t, _noise.T(_noise.Sigma(t))));

    [Fact]
    public void T_SigmaOfAnyTimestep_ComesBack() =>
        Gen.Double[0, 999].Sample(t => Math.Abs(_noise.T(_noise.Sigma(t)) - t) < 1e-9);

    [Fact]
    public void QuantizedT_AnySigma_IsTheNearestWholeTimestep() =>
        Gen.Double[0, 999].Sample(t => Math.Abs(_noise.QuantizedT(_noise.Sigma(t)) - t) <= 0.5 + 1e-9);

    [Fact]
    public void TByLogAlpha_AnyTimestep_ComesBack() =>
        Gen.Double[0, 999].Sample(t => Math.Abs(_noise.TByLogAlpha(_noise.SigmaByLogAlpha(t)) - t) < 1e-6);

    [Fact]
    public void SigmaByLogAlpha_WholeTimestep_IsTheTables() =>
        Assert.All(Enumerable.Range(0, _noise.Count), t => Assert.Equal(_noise.Sigma(t), _noise.SigmaByLogAlpha(t), 1e-12));

    [Fact]
    public void EveryNth_Twenty_KeepsFiftyTimestepsFromTheLastDown()
    {
        var coarse = _noise.EveryNth(20);

        Assert.Equal(50, coarse.Count);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(_noise.Sigma((20 * i) + 19), coarse.Sigma(i)));
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(1e9, 999)]
    public void T_SigmaOutsideTheTable_IsTheNearestEnd(double sigma, double t) => Assert.Equal(t, _noise.T(sigma));

    [Fact]
    public void AlphaBarOf_SigmaOfATimestep_IsItsAlphaBar() =>
        Assert.All(Enumerable.Range(0, _noise.Count), t => Assert.Equal(_noise.AlphaBar(t), NoiseSchedule.AlphaBarOf(_noise.Sigma(t)), 1e-12));

    [Theory]
    [InlineData(0, 0.012, 1000, "beta_start 0")]
    [InlineData(0.02, 0.012, 1000, "beta_start 0.02")]
    [InlineData(0.00085, 1, 1000, "beta_end 1")]
    [InlineData(double.NaN, 0.012, 1000, "NaN")]
    [InlineData(0.00085, 0.012, 1, "num_train_timesteps 1")]
    public void Constructor_ConfigNoModelCanHave_NamesTheValue(double start, double end, int count, string named) =>
        Assert.Contains(named, Assert.Throws<ModelException>(() => new NoiseSchedule(start, end, count)).Message, StringComparison.Ordinal);
}
