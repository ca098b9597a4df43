using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

[Trait("Category", "Fixture")]
public class NetworkFixtureTests(ITestOutputHelper output)
{
    private const double RelativeTolerance = 1e-4;

    private static readonly FixtureFile _file = Fixtures.Open("networks", "networks.json");

    public static TheoryData<string> Names => [.. _file.Cases.Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_FixtureInputs_EqualsPyTorch(string name)
    {
        var test = _file.Cases.Single(c => c.GetProperty("name").GetString() == name);

        foreach (var (tensor, actual, expected) in NetworkRunner.Run(test, _file))
        {
            var worst = 0.0;
            for (var i = 0; i < expected.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs((double)actual[i] - expected[i]));
            }

            var scale = expected.Max(v => Math.Abs((double)v));
            output.WriteLine($"{name} {tensor}: {worst / scale:e2} of its scale");
            Assert.True(worst <= RelativeTolerance * scale, $"{name} {tensor}: off by {worst}, scale {scale}");
        }
    }
}
