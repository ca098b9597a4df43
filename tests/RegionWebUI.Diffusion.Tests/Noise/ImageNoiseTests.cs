using System.Text.Json;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Tests.Samplers;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Noise;

public class ImageNoiseTests
{
    private const double Tolerance = 5e-6;
    private const int PixelsPerCell = 8;

    [Fact]
    [Trait("Category", "Fixture")]
    public void Fill_EveryImageRngEntry_GivesA1111sNoise()
    {
        var file = Fixtures.Open("rng.json");
        var entries = file.Json.GetProperty("image_rng");
        var run = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            var shape = entry.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()).ToArray();
            var pictures = entry.GetProperty("seeds").EnumerateArray()
                .Select((seed, i) => new ImageNoise(seed.GetInt64(), shape[0], shape[1], shape[2], Options(entry, i)))
                .ToList();
            var what = $"case {run}";
            var first = Widened(pictures.SelectMany(p => p.First));
            Near.Absolute(file.AsDoubles(entry.GetProperty("first").GetString()!), first, Tolerance, what + " first");
            foreach (var next in entry.GetProperty("next").EnumerateArray())
            {
                var drawn = pictures.SelectMany(picture =>
                {
                    var values = new float[shape.Aggregate(1, (n, d) => n * d)];
                    picture.Fill(values);
                    return values;
                });
                Near.Absolute(file.AsDoubles(next.GetString()!), Widened(drawn), Tolerance, $"{what} {next}");
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(entries.GetArrayLength(), run);
    }

    [Fact]
    [Trait("Category", "Fixture")]
    public void Slerp_EveryRow_EqualsA1111()
    {
        var file = Fixtures.Open("rng.json");
        var rows = file.Json.GetProperty("slerp");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var shape = file.Shape(row.GetProperty("low").GetString()!);
            var (low, high) = (file.Floats(row.GetProperty("low").GetString()!), file.Floats(row.GetProperty("high").GetString()!));
            var actual = Slerp.Between(row.GetProperty("val").GetDouble(), low, high, shape[^2], shape[^1]);
            Near.Absolute(file.AsDoubles(row.GetProperty("result").GetString()!), Widened(actual), Tolerance, row.GetRawText());
            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(rows.GetArrayLength(), run);
    }

    [Fact]
    public void First_NothingAskedFor_IsTheGeneratorsFirstDraw() =>
        Assert.Equal(new TorchCpuGenerator(42).Randn(256), new ImageNoise(42, 4, 8, 8, new NoiseOptions()).First);

    [Theory]
    [InlineData(-0.1, 8, 8, "VariationStrength")]
    [InlineData(double.NaN, 8, 8, "VariationStrength")]
    [InlineData(1.1, 8, 8, "VariationStrength")]
    [InlineData(0.5, 0, 8, "ResizeFrom")]
    public void Constructor_OptionOutOfRange_NamesIt(double strength, int height, int width, string field)
    {
        var options = new NoiseOptions { VariationStrength = strength, ResizeFrom = (height, width) };

        Assert.Equal(field, Assert.Throws<BadInputException>(() => new ImageNoise(1, 4, 8, 8, options)).Field);
    }

    private static NoiseOptions Options(JsonElement entry, int i)
    {
        long Of(string name) => entry.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
        var (height, width) = ((int)Of("seed_resize_from_h") / PixelsPerCell, (int)Of("seed_resize_from_w") / PixelsPerCell);
        return new NoiseOptions
        {
            Device = entry.GetProperty("source").ValueEquals("NV") ? NoiseDevice.Nv : NoiseDevice.Cpu,
            VariationSeed = entry.TryGetProperty("subseeds", out var seeds) && i < seeds.GetArrayLength() ? seeds[i].GetInt64() : null,
            VariationStrength = entry.TryGetProperty("subseed_strength", out var strength) ? strength.GetDouble() : 0,
            ResizeFrom = height > 0 && width > 0 ? (height, width) : null,
            EtaNoiseSeedDelta = Of("ensd"),
        };
    }

    private static double[] Widened(IEnumerable<float> values) => [.. values.Select(v => (double)v)];
}
