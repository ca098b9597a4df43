using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Codecs.Webp;

namespace RegionWebUI.Imaging.Tests.Codecs.Webp;

public class WebpStructureTests
{
    private static readonly PictureLimits _small = new(MaxSide: 20, MaxPixels: 100, MaxFileBytes: 500, MaxTextBytes: 50);

    private static readonly byte[] _picture =
        PictureFile.Encode(Pictures.Make(20, 17, 5, 12, new Random(11)), PictureEncoding.Webp(), null);

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "declares 13 bytes and has 12", [.. "RIFF"u8, 5, 0, 0, 0, .. "WEBP"u8] },
        { "declares 4294967303 bytes", [.. "RIFF"u8, 255, 255, 255, 255, .. "WEBP"u8] },
        { "declares 8 bytes and has 12", [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8] },
        { "no VP8 or VP8L chunk", WebpParts.File() },
        { "no VP8 or VP8L chunk", WebpParts.File(WebpParts.Extended(1, 1)) },
        { "first chunk is EXIF", WebpParts.File(WebpParts.Chunk("EXIF"), WebpParts.Lossless(1, 1)) },
        { "first chunk is 0x04030201", WebpParts.File(WebpParts.Chunk("\u0001\u0002\u0003\u0004")) },
        { "its 0x2E385056 chunk declares 9 bytes and has 0", WebpParts.File([.. "VP8."u8, 9, 0, 0, 0]) },
        { "VP8X chunk must come once", WebpParts.File(WebpParts.Extended(1, 1), WebpParts.Extended(1, 1)) },
        { "VP8X chunk must come once", WebpParts.File(WebpParts.Lossless(1, 1), WebpParts.Extended(1, 1)) },
        { "two pictures", WebpParts.File(WebpParts.Lossless(1, 1), WebpParts.Lossy(1, 1)) },
        { "declares 2 x 1 pixels and holds 1 x 1", WebpParts.File(WebpParts.Extended(2, 1), WebpParts.Lossless(1, 1)) },
        { "animated", WebpParts.File(WebpParts.Extended(1, 1, flags: 2)) },
        { "animated", WebpParts.File(WebpParts.Extended(1, 1), WebpParts.Chunk("ANIM", new byte[6])) },
        { "animated", WebpParts.File(WebpParts.Extended(1, 1), WebpParts.Chunk("ANMF", new byte[16])) },
        { "VP8X chunk has 9 bytes; it must have at least 10", WebpParts.File(WebpParts.Chunk("VP8X", new byte[9])) },
        { "VP8 chunk has 9 bytes", WebpParts.File(WebpParts.Chunk("VP8 ", new byte[9])) },
        { "VP8L chunk has 4 bytes", WebpParts.File(WebpParts.Chunk("VP8L", new byte[4])) },
        { "does not begin with a key frame", WebpParts.File(WebpParts.Chunk("VP8 ", new byte[10])) },
        { "begins with 00; it must be 2F", WebpParts.File(WebpParts.Chunk("VP8L", new byte[10])) },
        { "VP8L chunk declares 4294967295 bytes and has 0", WebpParts.File([.. "VP8L"u8, 255, 255, 255, 255]) },
        { "pixels cannot be decoded", WebpParts.File(WebpParts.Lossy(8, 8)) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Decode_BrokenRule_IsNamedInOneSentence(string said, byte[] file)
    {
        var refused = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.True(OneSentence.Is(refused.Message), refused.Message);
    }

    public static TheoryData<string, byte[]> TooLarge => new()
    {
        { "16385 x 1", WebpParts.File(WebpParts.Extended(16385, 1)) },
        { "16777216 x 16777216", WebpParts.File(WebpParts.Extended(1 << 24, 1 << 24)) },
        { "16383 x 16383", WebpParts.File(WebpParts.Lossy(16383, 16383)) },
        { "16384 x 16384", WebpParts.File(WebpParts.Lossless(16384, 16384)) },
        { "0 x 7", WebpParts.File(WebpParts.Lossy(0, 7)) },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void Decode_DeclaredSizeBeyondLimits_IsRefusedWithSize(string size, byte[] file)
    {
        Assert.Contains(size, Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file)).Message, StringComparison.Ordinal);
        Assert.Throws<ImageFormatException>(() => PictureFile.ReadInfo(file));
    }

    [Theory]
    [MemberData(nameof(Heads))]
    public void ReadInfo_Heads_GiveTheSize(byte[] file, int width, int height) =>
        Assert.Equal(new PictureInfo(PictureFormat.Webp, width, height, null, null), PictureFile.ReadInfo(file));

    public static TheoryData<byte[], int, int> Heads => new()
    {
        { WebpParts.File(WebpParts.Lossy(300, 200)), 300, 200 },
        { WebpParts.File(WebpParts.Lossless(16384, 4096)), 16384, 4096 },
        { WebpParts.File(WebpParts.Extended(7, 9), WebpParts.Chunk("ICCP", 1, 2, 3), WebpParts.Lossless(7, 9)), 7, 9 },
    };

    [Fact]
    public void Decode_CutAnywhere_Refuses()
    {
        Assert.All(Enumerable.Range(0, _picture.Length), n => Assert.Throws<ImageFormatException>(() => PictureFile.Decode(_picture.AsMemory(0, n))));
        var lossless = PictureFile.Encode(Pictures.Make(20, 17, 5, 255, new Random(12)), PictureEncoding.WebpLossless, "a cat");
        Assert.All(Enumerable.Range(0, lossless.Length), n => Assert.Throws<ImageFormatException>(() => PictureFile.Decode(lossless.AsMemory(0, n))));
    }

    [Fact]
    public void Decode_PixelsCutInsideTheirChunk_Refuses()
    {
        var pixels = _picture.AsSpan(20, _picture.Length - 20).ToArray();
        Assert.Equal(20, PictureFile.Decode(WebpParts.File(WebpParts.Chunk("VP8 ", pixels))).Image.Width);
        Assert.Throws<ImageFormatException>(() => PictureFile.Decode(WebpParts.File(WebpParts.Chunk("VP8 ", pixels[..(pixels.Length / 2)]))));
    }

    [Fact]
    public void Decode_BytesBehindEnd_AreIgnored() =>
        Assert.Equal(PictureFile.Decode(_picture).Image.Rgb.ToArray(), PictureFile.Decode((byte[])[.. _picture, 1, 2, 3]).Image.Rgb.ToArray());

    [Fact]
    public void Decode_FileBeyondLimit_IsRefusedWithLengthAndLimit()
    {
        var file = WebpParts.File(WebpParts.Lossless(1, 1), WebpParts.Chunk("XMP ", new byte[600]));
        var refused = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file, _small, CancellationToken.None));
        Assert.Contains($"{file.Length} bytes; at most 500", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadInfo_EightMillionChunks_IsLinearAndSmall()
    {
        byte[] file = [.. WebpParts.File(WebpParts.Lossless(1, 1)), .. new byte[60 << 20]];
        ExifParts.Number(file.Length - 8, 4, false).CopyTo(file, 4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(1, PictureFile.ReadInfo(file).Width);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Insert_Exif_MakesTheFileExtended() =>
        Assert.Equal(
            WebpParts.File(WebpParts.Extended(3, 2, flags: 8), WebpParts.Lossless(3, 2), WebpParts.Chunk("EXIF", 7, 8, 9)),
            WebpExif.Insert(WebpParts.File(WebpParts.Lossless(3, 2)), [7, 8, 9], 3, 2));
}
