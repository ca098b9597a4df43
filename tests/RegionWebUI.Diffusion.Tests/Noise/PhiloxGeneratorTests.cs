using System.Globalization;
using System.Text.Json;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Tests.Samplers;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Noise;

public class PhiloxGeneratorTests
{
    private const double Tolerance = 5e-7;

    [Fact]
    [Trait("Category", "Fixture")]
    public void Fill_EveryNvEntry_GivesTheGpusNumbers()
    {
        var file = Fixtures.Open("rng.json");
        var entries = file.Json.GetProperty("nv_philox");
        var run = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            var seed = unchecked((long)ulong.Parse(
                entry.GetProperty("seed_hex").GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            foreach (var draw in entry.GetProperty("single").EnumerateObject())
            {
                var expected = file.AsDoubles(draw.Value.GetString()!);
                Near.Absolute(expected, Draw(new PhiloxGenerator(seed), expected.Length), Tolerance, $"seed {seed} single {draw.Name}");
            }

            var generator = new PhiloxGenerator(seed);
            foreach (var draw in entry.GetProperty("draws").EnumerateArray())
            {
                var name = draw.GetProperty("tensor").GetString()!;
                var expected = file.AsDoubles(name);
                Near.Absolute(expected, Draw(generator, expected.Length), Tolerance, name);
            }

            foreach (var draw in entry.GetProperty("big").EnumerateObject())
            {
                var what = $"seed {seed} big {draw.Name}";
                var count = draw.Name.Split('x').Aggregate(1, (n, d) => n * int.Parse(d, CultureInfo.InvariantCulture));
                var actual = Draw(new PhiloxGenerator(seed), count);
                var (first, last) = (Doubles(draw.Value.GetProperty("first64")), Doubles(draw.Value.GetProperty("last64")));
                Near.Absolute(first, actual[..first.Length], Tolerance, what + " first");
                Near.Absolute(last, actual[^last.Length..], Tolerance, what + " last");
                var mean = actual.Average();
                var std = Math.Sqrt(actual.Sum(v => (v - mean) * (v - mean)) / actual.Length);
                Near.Absolute([draw.Value.GetProperty("mean").GetDouble()], [mean], Tolerance, what + " mean");
                Near.Absolute([draw.Value.GetProperty("std").GetDouble()], [std], Tolerance, what + " std");
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(entries.GetArrayLength(), run);
    }

    [Fact]
    public void Fill_SeedsThatDifferAbove32Bits_GiveOtherNoise() =>
        Assert.NotEqual(Draw(new PhiloxGenerator(5), 16), Draw(new PhiloxGenerator(5 + (1L << 32)), 16));

    private static double[] Draw(PhiloxGenerator generator, int count)
    {
        var values = new float[count];
        generator.Fill(values);
        return Array.ConvertAll(values, v => (double)v);
    }

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];
}
