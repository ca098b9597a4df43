using CfgRescale.Tests.Fakes;
using RegionWebUI.Sdk;

namespace CfgRescale.Tests;

public class CfgRescaleHookTests
{
    private static readonly float[] _conditional = [0.5f, -1.25f, 2, 0.75f, -0.5f, 1.5f, -2.25f, 0.125f];
    private static readonly float[] _unconditional = [0.25f, -0.5f, 1, -0.75f, 0.5f, 0.25f, -1, 0.375f];

    /// <summary>eps_u + 5 (eps_c - eps_u).</summary>
    private static readonly float[] _guided = [1.5f, -4.25f, 6, 6.75f, -4.5f, 6.5f, -7.25f, -0.875f];

    // Recorded from Python: statistics.stdev of both predictions, then the two lines of diffusers' rescale_noise_cfg written out.
    [Theory]
    [InlineData(0.25, new[] { 1.22002113f, -3.45672679f, 4.88008451f, 5.49009514f, -3.66006350f, 5.28675842f, -5.89676905f, -0.711679041f })]
    [InlineData(0.7, new[] { 0.716059327f, -2.02883482f, 2.86423731f, 3.22226691f, -2.14817786f, 3.10292363f, -3.46095324f, -0.417701274f })]
    [InlineData(1.0, new[] { 0.380084723f, -1.07690680f, 1.52033889f, 1.71038127f, -1.14025414f, 1.64703381f, -1.83707619f, -0.221716091f })]
    public void Combine_RecordedRow_GivesTheRecordedNumbers(double phi, float[] expected)
    {
        var eps = Combine(phi, Of(_conditional), Of(_unconditional), Of(_guided));
        Assert.All(expected.Zip(eps.Data.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    [Fact]
    public void Combine_FullRescale_HasTheSpreadOfTheConditional() =>
        Assert.Equal(
            Of(_conditional).StandardDeviation(),
            Combine(1, Of(_conditional), Of(_unconditional), Of(_guided)).StandardDeviation(),
            1e-6);

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
        Assert.Same(flat, Combine(0.7, Of(_conditional), Of(_unconditional), flat));
    }

    private static Latent Combine(double phi, Latent conditional, Latent? unconditional, Latent guided) =>
        new CfgRescaleHook(phi).Combine(new FakeCombineContext(conditional, unconditional), () => guided);

    private static Latent Of(float[] values) => new(2, 2, 2, values);
}
