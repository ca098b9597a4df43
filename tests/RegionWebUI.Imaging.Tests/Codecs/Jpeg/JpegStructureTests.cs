using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Codecs.Jpeg;

namespace RegionWebUI.Imaging.Tests.Codecs.Jpeg;

public class JpegStructureTests
{
    private static readonly PictureLimits _small = new(MaxSide: 20, MaxPixels: 100, MaxFileBytes: 500, MaxTextBytes: 50);

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "ends before its end marker", JpegParts.Start },
        { "ends before its end marker", JpegParts.Join(JpegParts.Start, [0xFF, 0xFF, 0xFF]) },
        { "no marker at byte 2", JpegParts.Join(JpegParts.Start, [0x00, 0xFF, 0xD9]) },
        { "FFD0 at byte 2 is out of place", JpegParts.Join(JpegParts.Start, [0xFF, 0xD0]) },
        { "FFD8 at byte 2 is out of place", JpegParts.Join(JpegParts.Start, JpegParts.Start) },
        { "ends inside its segment FFE0", JpegParts.Join(JpegParts.Start, [0xFF, 0xE0, 0x00]) },
        { "ends inside its segment FFE0", JpegParts.Join(JpegParts.Start, [0xFF, 0xE0, 0x00, 0x05, 1, 2]) },
        { "FFE0 has length 1; the least is 2", JpegParts.Join(JpegParts.Start, [0xFF, 0xE0, 0x00, 0x01, 1, 2]) },
        { "size does not come before", JpegParts.Join(JpegParts.Start, JpegParts.End) },
        { "size does not come before", JpegParts.Join(JpegParts.Start, JpegParts.Table, JpegParts.Scan(9), JpegParts.End) },
        { "two frames", Framed(JpegParts.Frame(1, 1)) },
        { "kind SOF3", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, marker: 0xC3)) },
        { "kind SOF9", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, marker: 0xC9)) },
        { "12 bits a sample", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, bits: 12)) },
        { "0 components", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, components: 0)) },
        { "2 components", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, components: 2)) },
        { "sampling 0 x 1", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, sampling: 0x01)) },
        { "sampling 1 x 5", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, sampling: 0x15)) },
        { "table 4", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1, table: 4)) },
        { "frame header has 5 bytes; it must have at least 6", JpegParts.Join(JpegParts.Start, JpegParts.Segment(0xC0, 8, 0, 1, 0, 1)) },
        { "frame header has 8 bytes; 1 components need 9", JpegParts.Join(JpegParts.Start, JpegParts.Segment(0xC0, 8, 0, 1, 0, 1, 1, 1, 0x11)) },
        { "quantisation tables cannot be read", Framed(JpegParts.Segment(0xDB, new byte[64])) },
        { "quantisation tables cannot be read", Framed(JpegParts.Segment(0xDB, [4, .. new byte[64]])) },
        { "quantisation table 0 is missing", JpegParts.Join(JpegParts.Start, JpegParts.Frame(1, 1), JpegParts.Scan(9), JpegParts.End) },
        { "component 7, which the picture does not have", Framed(JpegParts.Scan(9, component: 7)) },
        { "names 0 components", Framed(JpegParts.Segment(0xDA, 0, 0, 63, 0)) },
        { "a scan header of 0 bytes", Framed(JpegParts.Segment(0xDA)) },
        { "ends inside its pixels", Framed(JpegParts.Scan(9)) },
        { "ends inside its pixels", Framed(JpegParts.Scan(9), [0xFF]) },
        { "more than 100 scans", Framed([.. Enumerable.Repeat(JpegParts.Scan(1), 101)]) },
        { "0 bytes of pixels; 1 x 1 pixels need at least 1", Framed(JpegParts.Scan(0), JpegParts.End) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Decode_BrokenRule_IsNamedInOneSentence(string said, byte[] file)
    {
        var refused = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.True(OneSentence.Is(refused.Message), refused.Message);
        Assert.Throws<ImageFormatException>(() => PictureFile.ReadInfo(file));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(16385, 1)]
    [InlineData(65535, 65535)]
    [InlineData(16384, 4097)]
    public void Decode_DeclaredSizeBeyondLimits_IsRefusedWithSize(int width, int height)
    {
        var file = JpegParts.Join(JpegParts.Start, JpegParts.Table, JpegParts.Frame(width, height), JpegParts.Scan(9), JpegParts.End);
        Assert.Contains($"{width} x {height}", Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xC0, 262144)]
    [InlineData(0xC2, 131072)]
    public void ReadInfo_LegalSize_NeedsABitForEveryCode(byte marker, int least)
    {
        byte[] Sized(int bytes) => JpegParts.Join(
            JpegParts.Start, JpegParts.Table, JpegParts.Frame(8192, 8192, marker), JpegParts.Scan(bytes), JpegParts.End);
        Assert.Equal(8192, PictureFile.ReadInfo(Sized(least)).Width);
        var refused = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(Sized(least - 1)));
        Assert.Contains($"{least - 1} bytes of pixels; 8192 x 8192 pixels need at least {least}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_FileBeyondLimit_IsRefusedWithLengthAndLimit()
    {
        byte[] file = [.. JpegParts.Start, .. new byte[499]];
        var refused = Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file, _small, CancellationToken.None));
        Assert.Contains("501 bytes; at most 500", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutAnywhere_Refuses()
    {
        var file = JpegParts.Make(20, 17);
        Assert.All(Enumerable.Range(0, file.Length), n => Assert.Throws<ImageFormatException>(() => PictureFile.Decode(file.AsMemory(0, n))));
    }

    [Fact]
    public void Decode_BytesBehindEndAndFillBytes_AreIgnored()
    {
        var file = JpegParts.Make(20, 17);
        var expected = PictureFile.Decode(file).Image.Rgb.ToArray();
        Assert.Equal(expected, PictureFile.Decode((byte[])[.. file, 1, 2, 3]).Image.Rgb.ToArray());
        Assert.Equal(expected, PictureFile.Decode((byte[])[0xFF, 0xD8, 0xFF, 0xFF, .. file[2..]]).Image.Rgb.ToArray());
    }

    [Fact]
    public void ReadInfo_SixteenMillionSegments_IsLinearAndSmall()
    {
        var file = new byte[(64 << 20) - 2];
        JpegParts.Start.CopyTo(file, 0);
        for (var at = 2; at + 4 <= file.Length; at += 4)
        {
            (file[at], file[at + 1], file[at + 3]) = (0xFF, 0xFE, 2);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => PictureFile.ReadInfo(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void ReadInfo_SeveralExifSegments_FirstCounts()
    {
        var exif = ExifParts.Make(true, 6, [.. "ASCII\0\0\0first"u8]);
        var later = ExifParts.Make(true, 1, [.. "ASCII\0\0\0later"u8]);
        var file = ExifParts.IntoJpeg(ExifParts.IntoJpeg(JpegParts.Make(20, 17), later), exif);
        Assert.Equal(new PictureInfo(PictureFormat.Jpeg, 17, 20, "first", null), PictureFile.ReadInfo(file));
    }

    [Fact]
    public void Insert_Exif_LiesBehindTheJfifHead()
    {
        byte[] file = [.. JpegParts.Start, .. JpegParts.Segment(0xE0, 1, 2), .. JpegParts.End];
        Assert.Equal([.. file[..8], 0xFF, 0xE1, 0, 11, .. "Exif\0\0"u8, 7, 8, 9, .. JpegParts.End], JpegExif.Insert(file, [7, 8, 9]));
        byte[] bare = [.. JpegParts.Start, .. JpegParts.End];
        Assert.Equal([.. JpegParts.Start, 0xFF, 0xE1, 0, 9, .. "Exif\0\0"u8, 7, .. JpegParts.End], JpegExif.Insert(bare, [7]));
    }

    /// <summary>A grey frame of one pixel and what follows.</summary>
    private static byte[] Framed(params byte[][] rest) => JpegParts.Join([JpegParts.Start, JpegParts.Table, JpegParts.Frame(1, 1), .. rest]);
}
