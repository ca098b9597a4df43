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

    [Theory]
    [InlineData(16, 2, 0)]
    [InlineData(8, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(8, 4, 0)]
    [InlineData(8, 2, 1)]
    public void Decode_LegalKindThatIsNotRead_IsRefusedButItsInfoIsRead(byte depth, byte color, byte interlace)
    {
        var file = PngParts.Join(PngParts.Signature, PngParts.Header(3, 1, depth, color, interlace), PngParts.Data(new byte[30]), PngParts.End);
        var refused = Assert.Throws<ImageFormatException>(() => PngFile.Decode(file));
        Assert.Contains("only 8-bit Rgb and Rgba", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new PngInfo(3, 1, null, null), PngFile.ReadInfo(file));
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
