using System.Text.Json;
using RegionWebUI.Imaging.Resampling;

namespace RegionWebUI.Imaging.Tests.Resampling;

[Trait("Category", "Fixture")]
public class ResampleFixtureTests
{
    private const double FloatTolerance = 1e-5;

    [Fact]
    public void Resize_EveryCaseOfFile_EqualsPillow()
    {
        var file = new PixelFile("lanczos", "resize.json");
        var run = 0;
        foreach (var row in file.Fixture.Cases)
        {
            Check(file, row);
            run++;
        }

        Assert.True(run == file.Fixture.Json.GetProperty("cases").GetArrayLength() && run > 0);
    }

    private static void Check(PixelFile file, JsonElement row)
    {
        var (source, expected) = (row.GetProperty("source").GetString()!, row.GetProperty("result").GetString()!);
        var filter = Enum.Parse<ResampleFilter>(row.GetProperty("filter").GetString()!, ignoreCase: true);
        int[] size = [.. row.GetProperty("size").EnumerateArray().Select(v => v.GetInt32())];
        var shape = file.Fixture.Shape(source);
        Assert.Equal([size[1], size[0]], file.Fixture.Shape(expected)[..2]);
        switch (row.GetProperty("mode").GetString())
        {
            case "RGB":
                var picture = file.Picture(source);
                var resized = row.TryGetProperty("box", out var box)
                    ? Resampler.Resize(picture, BoxOf(box), size[0], size[1], filter)
                    : Resampler.Resize(picture, size[0], size[1], filter);
                Assert.Equal((size[0], size[1]), (resized.Width, resized.Height));
                AssertEqual(file.Bytes(expected), resized.Rgb, expected);
                break;
            case "L":
                AssertEqual(file.Bytes(expected), Resampler.Resize(file.Bytes(source), shape[1], shape[0], size[0], size[1], filter), expected);
                break;
            case "RGBA":
                AssertEqual(file.Bytes(expected), Resampler.ResizeRgba(file.Bytes(source), shape[1], shape[0], size[0], size[1], filter), expected);
                break;
            case "F":
                AssertNear(
                    file.Fixture.Floats(expected),
                    Resampler.Resize(file.Fixture.Floats(source).AsMemory(), shape[1], shape[0], size[0], size[1], filter), expected);
                break;
            default:
                Assert.Fail($"{expected} has a mode that is not known.");
                break;
        }
    }

    private static SourceBox BoxOf(JsonElement box)
    {
        float[] edges = [.. box.EnumerateArray().Select(v => v.GetSingle())];
        return new SourceBox(edges[0], edges[1], edges[2], edges[3]);
    }

    private static void AssertEqual(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        var at = expected.Span.CommonPrefixLength(actual.Span);
        Assert.True(at == expected.Length, $"{name}: value {at} differs.");
    }

    private static void AssertNear(float[] expected, ReadOnlyMemory<float> actual, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual.Span[i]) <= FloatTolerance, $"{name}: value {i} is {actual.Span[i]}, not {expected[i]}.");
        }
    }
}
