using CfgRescale.Tests.Fakes;
using RegionWebUI.Sdk;

namespace CfgRescale.Tests;

public class CfgRescaleHookTests
{
    private static readonly float[] _conditional = [0.5f, -1.25f, 2, 0.75f, -0.5f, 1.5f, -2.25f, 0.125f];
    private static readonly float[] _unconditional = [0.25f, -0.5f, 1, -0.75f, 0.5f, 0.25f, -1, 0.375f];

    /// <summary>eps_u + 5 (eps_c - eps_u).</summary>
    private static readonly float[] _guided = [1.5f, -4.25f, 6, 6.75f, -4.5f, 6.5f, -7.25f, -0.875f];

    /// <summary>The state of a lane of which the row sees the two columns on the right.</summary>
    private static readonly float[] _z = [9, -9, 0.75f, -0.5f, 9, -9, 1.25f, -2, -9, 9, 0.25f, 1.5f, -9, 9, -1, 0.5f];

    // Recorded from Python: statistics.stdev of both predictions as v, then the two lines of diffusers' rescale_noise_cfg written out.
    [Theory]
    [InlineData(0.25, 0.3, new[] { 1.33070658f, -3.50653545f, 5.03873416f, 5.11561085f, -3.5862738f, 5.48230302f, -6.00561023f, -0.62405328f })]
    [InlineData(0.7, 0.3, new[] { 1.02597842f, -2.16829926f, 3.30845565f, 2.17371038f, -1.94156665f, 3.65044846f, -3.76570866f, -0.172349183f })]
    [InlineData(0.7, 0.9, new[] { 0.817186295f, -2.0375108f, 2.9695217f, 2.75829478f, -2.02409677f, 3.24191713f, -3.50089854f, -0.316393712f })]
    [InlineData(1.0, 0.01, new[] { 0.922371282f, -1.37434057f, 2.35512926f, 0.0522920437f, -0.860891183f, 2.66258636f, -2.45659407f, 0.176783584f })]
    public void Combine_RecordedRow_GivesTheRecordedNumbers(double phi, double alphaBar, float[] expected)
    {
        var eps = Combine(phi, Of(_conditional), Of(_unconditional), Of(_guided), alphaBar);
        Assert.All(expected.Zip(eps.Data.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    // Where z is 0, v is eps / sqrt(abar), and the spreads are those of eps.
    [Fact]
    public void Combine_FullRescaleOfStateZero_HasTheSpreadOfTheConditional()
    {
        var c = new FakeCombineContext(Of(_conditional), Of(_unconditional), new Latent(2, 2, 2, new float[8]), 0.3);
        Assert.Equal(
            Of(_conditional).StandardDeviation(), new CfgRescaleHook(1).Combine(c, () => Of(_guided)).StandardDeviation(), 1e-6);
    }

    [Fact]
    public void Combine_GuidanceThatAddedNothing_StaysWhatItWas()
    {
        var eps = Combine(0.7, Of(_conditional), Of(_conditional), Of(_conditional));
        Assert.All(_conditional.Zip(eps.Data.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    [Fact]
    public void Combine_RowWithoutNegative_IsUntouched()
    {
        var guided = Of(_guided);
        Assert.Same(guided, Combine(0.7, Of(_conditional), unconditional: null, guided));
    }

    [Fact]
    public void Combine_FlatPrediction_IsUntouched()
    {
        var flat = Of(new float[8]);
        var c = new FakeCombineContext(Of(_conditional), Of(_unconditional), flat, 0.3);
        Assert.Same(flat, new CfgRescaleHook(0.7).Combine(c, () => flat));
    }

    private static Latent Combine(double phi, Latent conditional, Latent? unconditional, Latent guided, double alphaBar = 0.3) =>
        new CfgRescaleHook(phi).Combine(
            new FakeCombineContext(conditional, unconditional, new Latent(2, 2, 4, _z), alphaBar), () => guided);

    private static Latent Of(float[] values) => new(2, 2, 2, values);
}
