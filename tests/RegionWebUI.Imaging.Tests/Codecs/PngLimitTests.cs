using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Codecs;

public class PngLimitTests
{
    private const int Mebibyte = 1 << 20;

    private static readonly PictureLimits _small = new(MaxSide: 20, MaxPixels: 100, MaxFileBytes: 500, MaxTextBytes: 50);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(16385, 1)]
    [InlineData(1, 16385)]
    [InlineData(16384, 4097)]
    [InlineData(uint.MaxValue, 1)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void Decode_DeclaredSizeBeyondLimits_IsRefusedWithSize(uint width, uint height)
    {
        var file = PngParts.Join(PngParts.Signature, PngParts.Header(width, height), PngParts.Data(0, 1, 2, 3), PngParts.End);
        Assert.Contains($"{width} x {height}", Assert.Throws<ImageFormatException>(() => PngFile.Decode(file)).Message, StringComparison.Ordinal);
        Assert.Throws<ImageFormatException>(() => PngFile.ReadInfo(file));
    }

    [Fact]
    public void ReadInfo_LargestLegalSize_IsRead()
    {
        var file = PngParts.Join(PngParts.Signature, PngParts.Header(16384, 4096), PngParts.Data(0, 1, 2, 3), PngParts.End);
        Assert.Equal(new PngInfo(16384, 4096, null, null), PngFile.ReadInfo(file));
    }

    [Fact]
    public void Decode_LegalSizeWithTinyData_IsRefusedBeforeMemoryIsTaken()
    {
        var file = PngParts.Join(PngParts.Signature, PngParts.Header(8192, 8192), PngParts.Data(0, 1, 2, 3), PngParts.End);
        Assert.Throws<ImageFormatException>(() => PngFile.Decode(file));
        Assert.InRange(AllocatedBy(() => Assert.Throws<ImageFormatException>(() => PngFile.Decode(file))), 0, Mebibyte);
    }

    [Fact]
    public void Decode_ChunkDeclaresGigabytes_IsRefusedBeforeMemoryIsTaken()
    {
        byte[] file = [.. PngParts.Signature, .. PngParts.Header(1, 1), 0x7F, 0xFF, 0xFF, 0xFF, .. "tEXt"u8, 1, 2, 3];
        using var stream = new MemoryStream(file);
        var allocated = AllocatedBy(() => Assert.Throws<ImageFormatException>(() => PngFile.ReadInfo(stream)));
        Assert.InRange(allocated, 0, Mebibyte);
        Assert.Throws<ImageFormatException>(() => PngFile.Decode(file));
    }

    [Theory]
    [Trait("Category", "Fixture")]
    [InlineData("inflate_bomb.png")]
    [InlineData("text_bomb.png")]
    [InlineData("bomb_declared.png")]
    [InlineData("bomb_max.png")]
    public void Decode_Bomb_TakesLittleMemory(string name)
    {
        var file = File.ReadAllBytes(Fixtures.Path("images", "corrupt", name));
        var allocated = AllocatedBy(() => _ = Record.Exception(() => PngFile.Decode(file)) is null or ImageFormatException ? 0
            : throw new InvalidOperationException(name));
        Assert.InRange(allocated, 0, 8 * Mebibyte);
    }

    [Fact]
    [Trait("Category", "Fixture")]
    public void Decode_TextBomb_GivesPictureAndSaysThatTextIsTooLong()
    {
        var decoded = PngFile.Decode(File.ReadAllBytes(Fixtures.Path("images", "corrupt", "text_bomb.png")));
        Assert.Null(decoded.Infotext);
        Assert.Contains("1048576", decoded.TextProblem, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ManyTextBombs_OnlyTheFirstIsInflated()
    {
        var bomb = PngParts.Chunk("zTXt", [.. "parameters\0\0"u8, .. PngParts.Deflate(new byte[4 * Mebibyte])]);
        var file = PngParts.OnePixel([.. Enumerable.Repeat(bomb, 200)]);
        PngFile.Decode(file);
        Assert.InRange(AllocatedBy(() => PngFile.Decode(file)), 0, 4 * Mebibyte);
    }

    [Fact]
    public void Decode_TenThousandChunks_IsQuickAndSmall()
    {
        var file = PngParts.OnePixel([.. Enumerable.Repeat(PngParts.Chunk("tEXt", [.. "Comment\0x"u8]), 10_000)]);
        PngFile.Decode(file);
        Assert.InRange(AllocatedBy(() => PngFile.Decode(file)), 0, 200_000);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Decode_TextAtLimit_IsReadAndBeyondIsNot(int length, bool read)
    {
        var text = new byte[length];
        text.AsSpan().Fill((byte)'a');
        byte[][] chunks =
        [
            PngParts.Chunk("tEXt", [.. "parameters\0"u8, .. text]),
            PngParts.Chunk("zTXt", [.. "parameters\0\0"u8, .. PngParts.Deflate(text)]),
            PngParts.Chunk("iTXt", [.. "parameters\0\0\0\0\0"u8, .. text]),
            PngParts.Chunk("iTXt", [.. "parameters\0\u0001\0\0\0"u8, .. PngParts.Deflate(text)]),
        ];
        foreach (var chunk in chunks)
        {
            var decoded = PngDecoder.Decode(PngParts.OnePixel(chunk), _small, CancellationToken.None);
            Assert.Equal(read ? new string('a', length) : null, decoded.Infotext);
            Assert.Equal(read, decoded.TextProblem is null);
        }
    }

    [Theory]
    [InlineData(20, 5, true)]
    [InlineData(21, 1, false)]
    [InlineData(10, 11, false)]
    public void EncodeAndDecode_SizeAtLimit_AgreeOnWhatIsLegal(int width, int height, bool legal)
    {
        var image = new Image(width, height, new byte[width * height * 3]);
        var encode = Record.Exception(() => PngEncoder.Encode(image, null, _small, CancellationToken.None));
        var decode = Record.Exception(() => PngDecoder.Decode(PngFile.Encode(image, null), _small, CancellationToken.None));
        Assert.Equal(legal ? null : typeof(ArgumentException), encode?.GetType());
        Assert.Equal(legal ? null : typeof(ImageFormatException), decode?.GetType());
    }

    [Fact]
    public void Encode_TextBeyondLimit_IsRefusedWithLengthAndLimit()
    {
        var refused = Assert.Throws<ArgumentException>(() => PngFile.Encode(new Image(1, 1, new byte[3]), new string('ü', Mebibyte + 1)));
        Assert.Contains("1048577", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1048576", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_FileBeyondLimit_IsRefused()
    {
        var filler = PngParts.Chunk("teXt", new byte[300]);
        Assert.Throws<ImageFormatException>(() => PngDecoder.Decode(PngParts.OnePixel(filler, filler), _small, CancellationToken.None));
        Assert.NotNull(PngDecoder.Decode(PngParts.OnePixel(filler), _small, CancellationToken.None));
    }

    [Fact]
    public void ReadFront_EndlessStream_StopsAtFileLimit()
    {
        using var stream = new MemoryStream(PngParts.OnePixel([.. Enumerable.Repeat(PngParts.Chunk("teXt", new byte[300]), 1000)]));
        Assert.Throws<ImageFormatException>(() => PngStructure.ReadFront(new StreamSource(stream, _small), _small));
        Assert.InRange(stream.Position, 0, 8192);
    }

    private static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
