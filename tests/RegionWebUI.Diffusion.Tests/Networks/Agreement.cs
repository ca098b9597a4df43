namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>How near a network must come to PyTorch's.</summary>
internal static class Agreement
{
    private const double RelativeTolerance = 1e-4;
    private const double LeastCosine = 0.9999;
    private const double NormTolerance = 1e-3;

    /// <summary>Values: off by at most 1e-4 of the greatest.</summary>
    public static void OfValues(ITestOutputHelper output, string what, float[] actual, float[] expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(float.IsFinite(actual[i]), $"{what}: value {i} is {actual[i]}");
            worst = Math.Max(worst, Math.Abs((double)actual[i] - expected[i]));
        }

        var scale = expected.Max(v => Math.Abs((double)v));
        output.WriteLine($"{what}: {worst / scale:e2} of its scale");
        Assert.True(worst <= RelativeTolerance * scale, $"{what}: off by {worst}, scale {scale}");
    }

    /// <summary>Gradients: cosine at least 0.9999, norm within 0.1 %.</summary>
    public static void OfGradients(ITestOutputHelper output, string what, float[] actual, float[] expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        double dot = 0, own = 0, theirs = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            dot += (double)actual[i] * expected[i];
            own += (double)actual[i] * actual[i];
            theirs += (double)expected[i] * expected[i];
        }

        var (cosine, ratio) = (dot / Math.Sqrt(own * theirs), Math.Sqrt(own / theirs));
        output.WriteLine($"{what}: cosine {cosine:0.0000000}, norm {ratio:0.000000} of PyTorch's");
        Assert.True(cosine >= LeastCosine, $"{what}: cosine {cosine}");
        Assert.InRange(ratio, 1 - NormTolerance, 1 + NormTolerance);
    }
}
