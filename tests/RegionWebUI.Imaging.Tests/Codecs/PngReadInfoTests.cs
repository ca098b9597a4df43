using CsCheck;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs;

public class PngReadInfoTests
{
    [Fact]
    public void ReadInfo_LargeFile_ReadsOneBlock()
    {
        var file = PngFile.Encode(Pictures.Make(300, 300, 3, 255, new Random(1)), "a cat");
        Assert.True(file.Length > 100_000);
        using var stream = new DrippingStream(file, int.MaxValue);
        Assert.Equal(new PngInfo(300, 300, "a cat", null), PngFile.ReadInfo(stream));
        Assert.Equal(4096, stream.Given);
    }

    [Fact]
    public void ReadInfo_StreamThatGivesFewBytesAtATime_EqualsMemory() =>
        Gen.Select(Pictures.Text, Gen.Int[1, 5000], Gen.Int[1, 400]).Sample(
            (text, drip, repeats) =>
            {
                var file = PngFile.Encode(new Image(2, 1, new byte[6]), string.Concat(Enumerable.Repeat(text, repeats)));
                using var stream = new DrippingStream(file, drip);
                return PngFile.ReadInfo(stream) == PngFile.ReadInfo(file);
            },
            iter: 100);

    [Fact]
    public void ReadInfo_FrontOnly_IsEnough()
    {
        var text = PngParts.Chunk("tEXt", [.. "parameters\0x"u8]);
        byte[] front = [.. PngParts.Signature, .. PngParts.Header(7, 9), .. text, 0, 0, 9, 9, .. "IDAT"u8];
        Assert.Equal(new PngInfo(7, 9, "x", null), PngFile.ReadInfo(front));
    }

    [Fact]
    public void ReadInfo_TextBehindPixels_OnlyDecodeFindsIt()
    {
        var file = PngParts.Join(
            PngParts.Signature, PngParts.Header(1, 1), PngParts.Data(0, 1, 2, 3), PngParts.Chunk("tEXt", [.. "parameters\0late"u8]), PngParts.End);
        Assert.Null(PngFile.ReadInfo(file).Infotext);
        Assert.Equal("late", PngFile.Decode(file).Infotext);
    }

    [Fact]
    public void ReadInfo_SeveralTexts_FirstInfotextCounts()
    {
        var file = PngParts.OnePixel(
            PngParts.Chunk("tEXt", [.. "Parameters\0no"u8]), PngParts.Chunk("tEXt", [.. "parameters2\0no"u8]),
            PngParts.Chunk("tEXt", [.. "parameters"u8]),
            PngParts.Chunk("tEXt", [.. "parameters\0yes"u8]), PngParts.Chunk("iTXt", [.. "parameters\0\0\0\0\0no"u8]));
        Assert.Equal("yes", PngFile.ReadInfo(file).Infotext);
    }

    public static TheoryData<byte[]> DamagedTexts => new()
    {
        PngParts.Chunk("zTXt", [.. "parameters\0"u8]),
        PngParts.Chunk("zTXt", [.. "parameters\0\u0001"u8, .. PngParts.Deflate("x"u8)]),
        PngParts.Chunk("zTXt", [.. "parameters\0\0not zlib"u8]),
        PngParts.Chunk("zTXt", [.. "parameters\0\0"u8, .. PngParts.AsksForDictionary]),
        PngParts.Chunk("iTXt", [.. "parameters\0\0"u8]),
        PngParts.Chunk("iTXt", [.. "parameters\0\u0002\0\0\0x"u8]),
        PngParts.Chunk("iTXt", [.. "parameters\0\0\0en"u8]),
        PngParts.Chunk("iTXt", [.. "parameters\0\0\0en\0key"u8]),
        PngParts.Chunk("iTXt", [.. "parameters\0\u0001\u0001\0\0"u8, .. PngParts.Deflate("x"u8)]),
        PngParts.Chunk("iTXt", [.. "parameters\0\0\0\0\0"u8, 0xC3]),
    };

    [Theory]
    [MemberData(nameof(DamagedTexts))]
    public void ReadInfo_DamagedText_SaysSoAndStillReadsThePicture(byte[] chunk)
    {
        var decoded = PngFile.Decode(PngParts.OnePixel(chunk));
        Assert.Null(decoded.Infotext);
        Assert.StartsWith("The picture's infotext", decoded.TextProblem, StringComparison.Ordinal);
        Assert.Equal([10, 20, 30], decoded.Image.Rgb.ToArray());
    }

    private sealed class DrippingStream(byte[] data, int atATime) : MemoryStream(data, writable: false)
    {
        public int Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var got = base.Read(buffer, offset, Math.Min(count, atATime));
            Given += got;
            return got;
        }
    }
}
