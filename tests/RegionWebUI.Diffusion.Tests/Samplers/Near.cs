namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>Comparisons that say which value of which case is off, and by how much.</summary>
internal static class Near
{
    public static void Absolute(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        Assert.True(expected.Count == actual.Count, $"{what}: {actual.Count} values instead of {expected.Count}.");
        for (var i = 0; i < expected.Count; i++)
        {
            var error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= tolerance, $"{what}[{i}]: {actual[i]:R} instead of {expected[i]:R}, off by {error:E2} > {tolerance:E2}.");
        }
    }

    public static void Relative(double expected, double actual, double tolerance, string what) =>
        Absolute([expected], [actual], tolerance * Math.Abs(expected), what);

    public static void Relative(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        Assert.True(expected.Count == actual.Count, $"{what}: {actual.Count} values instead of {expected.Count}.");
        for (var i = 0; i < expected.Count; i++)
        {
            Relative(expected[i], actual[i], tolerance, $"{what}[{i}]");
        }
    }
}
