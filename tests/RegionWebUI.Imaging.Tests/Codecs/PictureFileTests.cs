using CsCheck;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Metrics;

namespace RegionWebUI.Imaging.Tests.Codecs;

public class PictureFileTests
{
    [Fact]
    public void Encode_WithoutLoss_GivesThePixelsBack() =>
        Gen.Select(Pictures.Any, Gen.OneOf(Gen.Const(PictureEncoding.Png), Gen.Const(PictureEncoding.WebpLossless))).Sample(
            (image, encoding) =>
            {
                var decoded = PictureFile.Decode(PictureFile.Encode(image, encoding, "a cat"));
                return decoded.Format == encoding.Format && decoded.Alpha is null
                    && decoded.Image.Width == image.Width && decoded.Image.Rgb.Span.SequenceEqual(image.Rgb.Span);
            },
            iter: 60);

    [Fact]
    public void Encode_AnyTextAndFormat_IsReadBackAndAnotherReaderSeesThePicture() =>
        Gen.Select(Pictures.Any, Pictures.Text, Gen.Int[0, Encodings.All.Count - 1].Select(i => Encodings.All[i])).Sample(
            (image, text, encoding) =>
            {
                var file = PictureFile.Encode(image, encoding, text);
                var decoded = PictureFile.Decode(file);
                var rgb = Pictures.DropAlpha(Pictures.ReadBySkia(file, out var width, out var height));
                var expected = encoding.Format == PictureFormat.Png || text.Trim(' ', '\0').Length > 0 ? text : null;
                return decoded.Infotext == expected && decoded.TextProblem is null && (width, height) == (image.Width, image.Height)
                    && rgb.AsSpan().SequenceEqual(decoded.Image.Rgb.Span)
                    && PictureFile.ReadInfo(file) == new PictureInfo(encoding.Format, width, height, expected, null);
            },
            iter: 100);

    [Theory]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.Webp)]
    public void Encode_HigherQuality_IsLargerAndCloser(PictureFormat format)
    {
        var image = Pictures.Make(64, 48, 3, 60, new Random(7));
        var files = new[] { 1, 50, 100 }.Select(q => PictureFile.Encode(
            image, format == PictureFormat.Jpeg ? PictureEncoding.Jpeg(q) : PictureEncoding.Webp(q), null)).ToList();
        Assert.True(files[0].Length < files[1].Length && files[1].Length < files[2].Length);
        var closeness = files.Select(f => Psnr.Of(image, PictureFile.Decode(f).Image)).ToList();
        Assert.True(closeness[0] < closeness[1] && closeness[1] < closeness[2], string.Join(' ', closeness));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(-1)]
    public void Encoding_QualityThatDoesNotExist_IsRefusedWithRange(int quality)
    {
        foreach (var make in (Func<int, PictureEncoding>[])[PictureEncoding.Jpeg, PictureEncoding.Webp])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => make(quality));
            Assert.Contains($"is {quality}; it must be 1 to 100.", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Encode_SamePictureAndText_GivesTheSameBytes()
    {
        var image = Pictures.Make(40, 30, 3, 60, new Random(8));
        Assert.All(Encodings.All, e => Assert.Equal(PictureFile.Encode(image, e, "a cat"), PictureFile.Encode(image, e, "a cat")));
    }

    [Fact]
    public void Encode_NoText_WritesNone() =>
        Assert.All(Encodings.All, e => Assert.Null(PictureFile.Decode(PictureFile.Encode(new Image(1, 1, new byte[3]), e, null)).Infotext));

    [Fact]
    public void Encode_TextAtTheEndOfAJpegSegment_FitsAndOneMoreIsRefusedWithLengthAndLimit()
    {
        var image = new Image(1, 1, new byte[3]);
        var longest = new string('猫', 32737);
        Assert.Equal(longest, PictureFile.Decode(PictureFile.Encode(image, PictureEncoding.Jpeg(), longest)).Infotext);
        var refused = Assert.Throws<ArgumentException>(() => PictureFile.Encode(image, PictureEncoding.Jpeg(), longest + "x"));
        Assert.Contains("32738 characters; a JPEG can keep 32737", refused.Message, StringComparison.Ordinal);
        Assert.Equal(longest + "x", PictureFile.Decode(PictureFile.Encode(image, PictureEncoding.Webp(), longest + "x")).Infotext);
    }

    [Fact]
    public void Encode_TextBeyondLimit_IsRefusedByWebp()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => PictureFile.Encode(new Image(1, 1, new byte[3]), PictureEncoding.Webp(), new string('x', 1 << 19)));
        Assert.Contains("1048584 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1048576", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_SideThatAFormatCannotHave_IsRefusedWithSizeAndLimit()
    {
        var image = new Image(16384, 1, new byte[3 * 16384]);
        var refused = Assert.Throws<ArgumentException>(() => PictureFile.Encode(image, PictureEncoding.Webp(), null));
        Assert.Contains("16384 x 1 pixels; a WebP has at most 16383", refused.Message, StringComparison.Ordinal);
        Assert.Equal(16384, PictureFile.Decode(PictureFile.Encode(image, PictureEncoding.Jpeg(), null)).Image.Width);
        var larger = new Image(16385, 1, new byte[3 * 16385]);
        Assert.All(Encodings.All, e => Assert.Throws<ArgumentException>(() => PictureFile.Encode(larger, e, null)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decode_WebpWithTransparency_GivesIt(bool lossless)
    {
        var decoded = PictureFile.Decode(TransparentPictures.Webp(9, 5, lossless));
        var expected = TransparentPictures.Pixels(9, 5);
        Assert.Equal(expected.Where((_, i) => i % 4 == 3), decoded.Alpha!.Value.ToArray());
        Assert.True(!lossless || decoded.Image.Rgb.Span.SequenceEqual(Pictures.DropAlpha(expected)));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("GIF89a and so on", "is a GIF")]
    [InlineData("BM and so on", "is a BMP")]
    [InlineData("RIFF....WAVE....", "without a WebP picture")]
    [InlineData("....ftypavif....", "is an AVIF")]
    [InlineData("<svg xmlns=", "begins with 3C73766720786D6C")]
    public void Decode_OtherKind_IsNamedWithWhatIsRead(string content, string said)
    {
        var file = System.Text.Encoding.Latin1.GetBytes(content);
        var refused = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Contains("PNG, JPEG and WebP pictures are read.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, Assert.Throws<ImageFormatException>(() => PictureFile.ReadInfo(file)).Message);
    }

    [Fact]
    public void ReadInfo_TextBehindThePixelsOfAPng_IsFound() =>
        Assert.Equal("late", PictureFile.ReadInfo(PngParts.Join(
            PngParts.Signature, PngParts.Header(1, 1), PngParts.Data(0, 1, 2, 3), PngParts.Chunk("tEXt", [.. "parameters\0late"u8]),
            PngParts.End)).Infotext);

    [Fact]
    public void DecodeAndEncode_Cancelled_Stop()
    {
        var image = Pictures.Make(40, 300, 3, 60, new Random(9));
        var cancelled = new CancellationToken(canceled: true);
        foreach (var encoding in Encodings.All)
        {
            Assert.Throws<OperationCanceledException>(() => PictureFile.Encode(image, encoding, null, cancelled));
            Assert.Throws<OperationCanceledException>(() => PictureFile.Decode(PictureFile.Encode(image, encoding, null), cancelled));
        }
    }
}
