using RegionWebUI.Imaging.Blurring;

namespace RegionWebUI.Imaging.Tests.Blurring;

[Trait("Category", "Fixture")]
public class GaussianBlurFixtureTests
{
    private const int LevelTolerance = 1;

    [Fact]
    public void Apply_EveryBlurOfFile_EqualsPillow()
    {
        var file = new PixelFile("lanczos", "resize.json");
        var rows = file.Fixture.Json.GetProperty("gaussian_blur");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var (source, result) = (row.GetProperty("source").GetString()!, row.GetProperty("result").GetString()!);
            var shape = file.Fixture.Shape(source);
            var expected = file.Bytes(result);
            var blurred = GaussianBlur.Apply(file.Bytes(source), shape[1], shape[0], row.GetProperty("radius").GetDouble());
            Assert.Equal(expected.Length, blurred.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected.Span[i] - blurred.Span[i]) <= LevelTolerance, $"{result}: value {i}");
            }

            run++;
        }

        Assert.True(run == rows.GetArrayLength() && run > 0);
    }
}
