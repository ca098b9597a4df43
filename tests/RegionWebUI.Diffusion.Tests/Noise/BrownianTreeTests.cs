using CsCheck;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Tests.Samplers;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Noise;

public class BrownianTreeTests
{
    [Fact]
    [Trait("Category", "Fixture")]
    public void Between_EveryRecordedTree_GivesTorchsdesNoise()
    {
        var file = Fixtures.Open("schedulers", "brownian.json");
        var run = 0;
        foreach (var c in file.Cases)
        {
            var name = c.GetProperty("noise").GetString()!;
            var queries = c.GetProperty("queries");
            var values = file.AsDoubles(name);
            var length = values.Length / queries.GetArrayLength();
            var tree = new BrownianTree(
                c.GetProperty("seed").GetInt64(), c.GetProperty("sigma_min").GetSingle(), c.GetProperty("sigma_max").GetSingle(), length);
            foreach (var (query, i) in queries.EnumerateArray().Select((query, i) => (query, i)))
            {
                var noise = tree.Between(query[0].GetSingle(), query[1].GetSingle());
                Near.Absolute(values[(i * length)..((i + 1) * length)], noise, 1e-5, $"seed {c.GetProperty("seed")} query {query}");
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(file.Json.GetProperty("cases").GetArrayLength(), run);
    }

    [Fact]
    public void Between_AnyOrderOfQuestions_LiesOnOnePath() =>
        Gen.Select(Gen.Long[0, uint.MaxValue], Gen.Double[0.03, 14.6], Gen.Double[0.03, 14.6], Gen.Double[0.03, 14.6]).Sample((seed, a, b, c) =>
        {
            double Increment(BrownianTree tree, double from, double to) =>
                tree.Between(from, to)[0] * Math.Sqrt(Math.Abs(to - from));
            if (Math.Min(Math.Abs(a - b), Math.Min(Math.Abs(b - c), Math.Abs(a - c))) < 1e-3)
            {
                return;
            }

            var (one, other) = (new BrownianTree(seed, 0.03, 14.6, 16), new BrownianTree(seed, 0.03, 14.6, 16));
            var straight = Increment(one, a, c);
            var back = Increment(other, c, b) + Increment(other, b, a);
            Assert.Equal(straight, -back, 1e-9);
        }, iter: 200);

    [Fact]
    public void Between_ManySeeds_IsStandardNormal()
    {
        var values = Enumerable.Range(0, 200).SelectMany(seed => new BrownianTree(seed, 0.03, 14.6, 32).Between(3.3, 1.7)).ToArray();

        Assert.Equal(0, values.Average(), 0.05);
        Assert.Equal(1, values.Average(v => v * v), 0.06);
    }
}
