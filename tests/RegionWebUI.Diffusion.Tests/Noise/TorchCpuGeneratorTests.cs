using System.Globalization;
using System.Text.Json;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Tests.Samplers;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Noise;

public class TorchCpuGeneratorTests
{
    private const double Tolerance = 2e-6;

    [Fact]
    [Trait("Category", "Fixture")]
    public void Fill_EveryTorchCpuEntry_GivesPyTorchsNumbers()
    {
        var file = Fixtures.Open("rng.json");
        var entries = file.Json.GetProperty("torch_cpu");
        var run = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            var seed = Seed(entry);
            CheckSingle(file, entry.GetProperty("single"), seed);
            CheckDraws(file, entry.GetProperty("draws"), seed);
            CheckBig(entry.GetProperty("big"), seed);
            CheckUniform(entry.GetProperty("uniform"), seed);
            foreach (var draw in entry.GetProperty("float64").EnumerateObject())
            {
                var expected = Doubles(draw.Value);
                Near.Absolute(expected, new TorchCpuGenerator(seed).RandnDouble(expected.Length), Tolerance, $"seed {seed} float64 {draw.Name}");
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(entries.GetArrayLength(), run);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(4294967295)]
    public void Fill_SeedsEqualInTheLow32Bits_GiveTheSameNoise(long seed) =>
        Assert.Equal(new TorchCpuGenerator(seed).Randn(64), new TorchCpuGenerator(seed + (7L << 32)).Randn(64));

    [Fact]
    public void Fill_NothingAskedFor_TakesNothingFromTheStream()
    {
        var generator = new TorchCpuGenerator(3);
        generator.Fill(Span<float>.Empty);

        Assert.Equal(new TorchCpuGenerator(3).Randn(20), generator.Randn(20));
    }

    private static void CheckSingle(FixtureFile file, JsonElement single, long seed)
    {
        foreach (var draw in single.EnumerateObject())
        {
            var expected = file.AsDoubles(draw.Value.GetString()!);
            Assert.Equal(Product(draw.Name), expected.Length);
            Near.Absolute(expected, Widened(new TorchCpuGenerator(seed).Randn(expected.Length)), Tolerance, $"seed {seed} single {draw.Name}");
        }
    }

    private static void CheckDraws(FixtureFile file, JsonElement draws, long seed)
    {
        var generator = new TorchCpuGenerator(seed);
        foreach (var draw in draws.EnumerateArray())
        {
            var name = draw.GetProperty("tensor").GetString()!;
            var expected = file.AsDoubles(name);
            Near.Absolute(expected, Widened(generator.Randn(expected.Length)), Tolerance, name);
        }
    }

    private static void CheckBig(JsonElement big, long seed)
    {
        foreach (var draw in big.EnumerateObject())
        {
            var what = $"seed {seed} big {draw.Name}";
            var actual = Widened(new TorchCpuGenerator(seed).Randn(Product(draw.Name)));
            var (first, last) = (Doubles(draw.Value.GetProperty("first64")), Doubles(draw.Value.GetProperty("last64")));
            Near.Absolute(first, actual[..first.Length], Tolerance, what + " first");
            Near.Absolute(last, actual[^last.Length..], Tolerance, what + " last");

            var mean = actual.Average();
            var std = Math.Sqrt(actual.Sum(v => (v - mean) * (v - mean)) / actual.Length);
            Near.Absolute([draw.Value.GetProperty("mean").GetDouble()], [mean], Tolerance, what + " mean");
            Near.Absolute([draw.Value.GetProperty("std").GetDouble()], [std], Tolerance, what + " std");
        }
    }

    private static void CheckUniform(JsonElement uniform, long seed)
    {
        var generator = new TorchCpuGenerator(seed);
        Assert.All(uniform.GetProperty("rand20").EnumerateArray(), u => Assert.Equal(u.GetSingle(), generator.NextFloat()));

        var words = new Mt19937(unchecked((uint)seed));
        Assert.All(uniform.GetProperty("raw32").EnumerateArray(), word => Assert.Equal(word.GetUInt32(), words.NextUInt32()));
    }

    // In hexadecimal it may have all 64 bits.
    private static long Seed(JsonElement entry) =>
        unchecked((long)ulong.Parse(entry.GetProperty("seed_hex").GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static int Product(string shape) => shape.Split('x').Aggregate(1, (n, d) => n * int.Parse(d, CultureInfo.InvariantCulture));

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private static double[] Widened(float[] values) => Array.ConvertAll(values, v => (double)v);
}
