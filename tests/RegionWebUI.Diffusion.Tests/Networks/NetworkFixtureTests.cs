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

    [Fact]
    public void ClipSkip2_EveryTextEncoder_IsTheFinalNormOfThePenultimateState()
    {
        var cases = _file.Cases.Where(c => c.GetProperty("kind").GetString() is "CLIPTextModel" or "CLIPTextModelWithProjection").ToList();
        foreach (var test in cases)
        {
            var (actual, expected) = NetworkRunner.ClipSkip2(test, _file);
            var scale = expected.Max(v => Math.Abs((double)v));
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(actual.Zip(expected), pair => Assert.InRange(Math.Abs((double)pair.First - pair.Second), 0, RelativeTolerance * scale));
        }

        Assert.NotEmpty(cases);
    }
}
