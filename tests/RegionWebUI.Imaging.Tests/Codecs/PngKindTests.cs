using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs;

public class PngKindTests
{
    [Fact]
    public void Decode_Rgba_KeepsColoursUnderTransparency()
    {
        var file = PngParts.Join(
            PngParts.Signature, PngParts.Header(2, 1, color: 6), PngParts.Data(0, 200, 100, 50, 0, 9, 8, 7, 128), PngParts.End);
        var decoded = PngFile.Decode(file);
        Assert.Equal([200, 100, 50, 9, 8, 7], decoded.Image.Rgb.ToArray());
        Assert.Equal([0, 128], decoded.Alpha!.Value.ToArray());
    }

    [Theory]
    [InlineData(0, new byte[] { 0, 255 })]
    [InlineData(1, null)]
    public void Decode_TransparentColour_MakesThatColourTransparent(byte high, byte[]? alpha)
    {
        var file = PngParts.Join(
            PngParts.Signature, PngParts.Header(2, 1), PngParts.Chunk("tRNS", high, 5, 0, 6, 0, 7), PngParts.Data(0, 5, 6, 7, 5, 6, 8), PngParts.End);
        var decoded = PngFile.Decode(file);
        Assert.Equal([5, 6, 7, 5, 6, 8], decoded.Image.Rgb.ToArray());
        Assert.Equal(alpha, decoded.Alpha?.ToArray());
    }

    [Fact]
    public void Decode_DataInManyChunks_IsJoined()
    {
        var data = PngParts.Deflate([0, 1, 2, 3]);
        byte[][] pieces = [.. data.Select(b => PngParts.Chunk("IDAT", b)), PngParts.Chunk("IDAT")];
        var file = PngParts.Join([PngParts.Signature, PngParts.Header(1, 1), PngParts.Chunk("IDAT"), .. pieces, PngParts.End]);
        Assert.Equal([1, 2, 3], PngFile.Decode(file).Image.Rgb.ToArray());
    }

    // Worked by hand: samples 1, 0, 1 of each depth in the first row's high bits.
    [Theory]
    [InlineData(1, new byte[] { 0b10100000 }, 255)]
    [InlineData(2, new byte[] { 0b01000100 }, 85)]
    [InlineData(4, new byte[] { 0x10, 0x10 }, 17)]
    [InlineData(8, new byte[] { 1, 0, 1 }, 1)]
    [InlineData(16, new byte[] { 1, 255, 0, 255, 1, 0 }, 1)]
    public void Decode_GreyOfAnyDepth_SpreadsOverEightBits(byte depth, byte[] row, byte one)
    {
        var file = PngParts.Join(PngParts.Signature, PngParts.Header(3, 1, depth, color: 0), PngParts.Data([0, .. row]), PngParts.End);
        Assert.Equal([one, one, one, 0, 0, 0, one, one, one], PngFile.Decode(file).Image.Rgb.ToArray());
        Assert.Null(PngFile.Decode(file).Alpha);
    }

    [Fact]
    public void Decode_TransparentColourOf16Bits_ComparesAllOfThem()
    {
        var file = PngParts.Join(
            PngParts.Signature, PngParts.Header(2, 1, 16, color: 0), PngParts.Chunk("tRNS", 7, 9), PngParts.Data(0, 7, 8, 7, 9), PngParts.End);
        Assert.Equal([7, 7, 7, 7, 7, 7], PngFile.Decode(file).Image.Rgb.ToArray());
        Assert.Equal([255, 0], PngFile.Decode(file).Alpha!.Value.ToArray());
    }

    [Fact]
    public void Decode_IndexBeyondPalette_IsOpaqueBlack()
    {
        var file = PngParts.Join(
            PngParts.Signature, PngParts.Header(3, 1, color: 3), PngParts.Chunk("PLTE", 1, 2, 3, 4, 5, 6), PngParts.Chunk("tRNS", 50),
            PngParts.Data(0, 0, 1, 2), PngParts.End);
        Assert.Equal([1, 2, 3, 4, 5, 6, 0, 0, 0], PngFile.Decode(file).Image.Rgb.ToArray());
        Assert.Equal([50, 255, 255], PngFile.Decode(file).Alpha!.Value.ToArray());
    }

    [Theory]
    [InlineData(0, 6, "Grey pixels")]
    [InlineData(2, 2, "Rgb pixels")]
    [InlineData(3, 0, "at most 1 colours")]
    [InlineData(3, 2, "at most 1 colours")]
    [InlineData(4, 2, "GreyAlpha pixels")]
    [InlineData(6, 6, "Rgba pixels")]
    public void Decode_TransparencyThatDoesNotFit_IsRefused(byte color, int length, string said)
    {
        byte[] palette = color == 3 ? PngParts.Chunk("PLTE", 1, 2, 3) : [];
        var file = PngParts.Join(
            PngParts.Signature, PngParts.Header(1, 1, 8, color), palette, PngParts.Chunk("tRNS", new byte[length]), PngParts.Data(new byte[5]),
            PngParts.End);
        Assert.Contains(said, Assert.Throws<ImageFormatException>(() => PngFile.Decode(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 2, 0, "3 bits")]
    [InlineData(16, 3, 0, "16 bits")]
    [InlineData(8, 5, 0, "colour type 5")]
    [InlineData(8, 2, 2, "interlace method 2")]
    public void ReadInfo_KindThatDoesNotExist_IsRefused(byte depth, byte color, byte interlace, string said)
    {
        var file = PngParts.Join(PngParts.Signature, PngParts.Header(3, 1, depth, color, interlace), PngParts.Data(new byte[30]), PngParts.End);
        Assert.Contains(said, Assert.Throws<ImageFormatException>(() => PngFile.ReadInfo(file)).Message, StringComparison.Ordinal);
    }
}
