using CsCheck;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Codecs;

public class PngRoundTripTests
{
    [Fact]
    public void Decode_EncodedPicture_GivesSamePixelsAndText() =>
        Gen.Select(Pictures.Any, Pictures.Text).Sample(
            (image, text) =>
            {
                var file = PngFile.Encode(image, text);
                var decoded = PngFile.Decode(file);
                var info = PngFile.ReadInfo(file);
                return SamePixels(image, decoded.Image) && decoded.Alpha is null && decoded.Infotext == text && decoded.TextProblem is null
                    && info == new PngInfo(image.Width, image.Height, text, null);
            },
            iter: 400);

    [Fact]
    public void Encode_AnyPicture_SkiaReadsTheSamePixels() =>
        Pictures.Any.Sample(
            image =>
            {
                var rgba = Pictures.ReadBySkia(PngFile.Encode(image, "café"), out var width, out var height);
                return (width, height) == (image.Width, image.Height) && image.Rgb.Span.SequenceEqual(Pictures.DropAlpha(rgba));
            },
            iter: 200);

    [Fact]
    [Trait("Category", "Fixture")]
    public void Decode_PicturesOfPillow_EqualSkia()
    {
        var files = Directory.GetFiles(Fixtures.Path("pocket"), "run*.png");
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            var file = File.ReadAllBytes(path);
            var decoded = PngFile.Decode(file).Image;
            var expected = Pictures.DropAlpha(Pictures.ReadBySkia(file, out var width, out var height));
            Assert.Equal((width, height), (decoded.Width, decoded.Height));
            Assert.True(decoded.Rgb.Span.SequenceEqual(expected), path);
            Assert.True(SamePixels(decoded, PngFile.Decode(PngFile.Encode(decoded, null)).Image), path);
        }
    }

    [Theory]
    [InlineData("", "tEXt")]
    [InlineData("a cat", "tEXt")]
    [InlineData("café\u00FF", "tEXt")]
    [InlineData("caf\u0101", "iTXt")]
    [InlineData("日本語 😀", "iTXt")]
    public void Encode_Text_ChoosesChunkByLatin1(string text, string chunk)
    {
        var file = PngFile.Encode(new Image(1, 1, new byte[3]), text);
        Assert.Equal(chunk, System.Text.Encoding.Latin1.GetString(file, 8 + 25 + 4, 4));
        Assert.Equal(text, PngFile.Decode(file).Infotext);
    }

    [Fact]
    public void Encode_NoText_WritesHeaderDataAndEndOnly()
    {
        var file = PngFile.Encode(new Image(1, 1, new byte[] { 1, 2, 3 }), null);
        Assert.Equal("IDAT", System.Text.Encoding.Latin1.GetString(file, 8 + 25 + 4, 4));
        var decoded = PngFile.Decode(file);
        Assert.Null(decoded.Infotext);
        Assert.Null(decoded.TextProblem);
    }

    [Fact]
    public void Encode_LoneSurrogate_BecomesReplacementCharacter()
    {
        var file = PngFile.Encode(new Image(1, 1, new byte[3]), "a\uD83Db");
        Assert.Equal("a\uFFFDb", PngFile.Decode(file).Infotext);
    }

    [Fact]
    public void Encode_SamePictureTwice_SameBytes()
    {
        var image = Pictures.Make(33, 21, 3, 12, new Random(1));
        Assert.Equal(PngFile.Encode(image, "x"), PngFile.Encode(image, "x"));
    }

    [Fact]
    public void EncodeAndDecode_Cancelled_Stop()
    {
        var image = Pictures.Make(8, 8, 1, 1, new Random(1));
        var file = PngFile.Encode(image, null);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => PngFile.Encode(image, null, cancelled));
        Assert.Throws<OperationCanceledException>(() => PngFile.Decode(file, cancelled));
    }

    private static bool SamePixels(Image a, Image b) =>
        (a.Width, a.Height) == (b.Width, b.Height) && a.Rgb.Span.SequenceEqual(b.Rgb.Span);
}
