using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

[Trait("Category", "Fixture")]
public class NetworkFixtureTests(ITestOutputHelper output)
{
    private static readonly FixtureFile _file = Fixtures.Open("networks", "networks.json");

    public static TheoryData<string> Names => [.. _file.Cases.Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_FixtureInputs_EqualsPyTorch(string name)
    {
        var test = _file.Cases.Single(c => c.GetProperty("name").GetString() == name);

        foreach (var (tensor, actual, expected) in NetworkRunner.Run(test, _file))
        {
            Agreement.OfValues(output, $"{name} {tensor}", actual, expected);
        }
    }

    [Fact]
    public void ClipSkip2_EveryTextEncoder_IsTheFinalNormOfThePenultimateState()
    {
        var cases = _file.Cases.Where(c => c.GetProperty("kind").GetString() is "CLIPTextModel" or "CLIPTextModelWithProjection").ToList();
        foreach (var test in cases)
        {
            var (actual, expected) = NetworkRunner.ClipSkip2(test, _file);
            Agreement.OfValues(output, $"{test.GetProperty("name").GetString()} with clip skip 2", actual, expected);
        }

        Assert.NotEmpty(cases);
    }
}
