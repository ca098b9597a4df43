using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs;

public class PngDamageTests
{
    public static TheoryData<string, byte[]> Samples => new()
    {
        { "RGB with Latin-1 text", PngFile.Encode(Pictures.Make(4, 3, 5, 12, new Random(3)), "a cat\nSteps: 1") },
        { "RGB with UTF-8 text", PngFile.Encode(Pictures.Make(2, 2, 5, 255, new Random(4)), "日本 😀") },
        {
            "RGBA with compressed texts and a palette",
            PngParts.Join(
                PngParts.Signature, PngParts.Header(2, 2, color: 6), PngParts.Chunk("PLTE", 1, 2, 3),
                PngParts.Chunk("zTXt", [.. "parameters\0\0"u8, .. PngParts.Deflate("hello"u8)]),
                PngParts.Data(1, 1, 2, 3, 4, 5, 6, 7, 8, 4, 9, 8, 7, 6, 5, 4, 3, 2),
                PngParts.Chunk("iTXt", [.. "parameters\0\u0001\0en\0key\0"u8, .. PngParts.Deflate("later"u8)]), PngParts.End)
        },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_AnyByteChanged_DecodesOrRefuses(string name, byte[] sample)
    {
        var refused = 0;
        for (var at = 0; at < sample.Length; at++)
        {
            foreach (var flip in (byte[])[1, 2, 4, 8, 16, 32, 64, 128, 255])
            {
                var damaged = (byte[])sample.Clone();
                damaged[at] ^= flip;
                refused += Refuses(damaged) ? 1 : 0;
            }
        }

        // One changed byte always breaks the signature, a length, a type or a checksum.
        Assert.True(refused == sample.Length * 9, $"{name}: only {refused} of {sample.Length * 9} refused.");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_AnyByteChangedWithRightChecksums_DecodesOrRefuses(string name, byte[] sample)
    {
        var (decoded, refused) = (0, 0);
        for (var at = 8; at < sample.Length; at++)
        {
            foreach (var flip in (byte[])[1, 2, 4, 8, 16, 32, 64, 128, 255])
            {
                var damaged = (byte[])sample.Clone();
                damaged[at] ^= flip;
                PngParts.RepairChecksums(damaged);
                _ = Refuses(damaged) ? refused++ : decoded++;
            }
        }

        Assert.True(decoded > 0 && refused > 0, name);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_CutAnywhere_Refuses(string name, byte[] sample)
    {
        for (var length = 0; length < sample.Length; length++)
        {
            Assert.True(Refuses(sample[..length]), $"{name} cut to {length} bytes");
        }
    }

    [Fact]
    public void Decode_RandomBytesBehindSignature_Refuses()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            Assert.True(Refuses([.. PngParts.Signature, .. noise]));
        }
    }

    [Fact]
    public void Decode_BytesBehindEnd_AreIgnored()
    {
        byte[] file = [.. PngParts.OnePixel(), 1, 2, 3];
        Assert.Equal([10, 20, 30], PngFile.Decode(file).Image.Rgb.ToArray());
    }

    public static TheoryData<string, byte[]> WrongOrders => new()
    {
        { "it must be IHDR", PngParts.Join(PngParts.Signature, PngParts.Data(0, 1, 2, 3), PngParts.Header(1, 1), PngParts.End) },
        { "two IHDR", PngParts.OnePixel(PngParts.Header(1, 1)) },
        { "no IDAT", PngParts.Join(PngParts.Signature, PngParts.Header(1, 1), PngParts.End) },
        { "ends before its IEND", PngParts.Join(PngParts.Signature, PngParts.Header(1, 1), PngParts.Data(0, 1, 2, 3)) },
        { "IEND chunk has 1 bytes", PngParts.Join(PngParts.Signature, PngParts.Header(1, 1), PngParts.Data(0, 1, 2, 3), PngParts.Chunk("IEND", 0)) },
        { "IHDR chunk declares 12 bytes", PngParts.Join(PngParts.Signature, PngParts.Chunk("IHDR", new byte[12])) },
        { "not consecutive", PngParts.OnePixel(PngParts.Data(0, 1, 2, 3), PngParts.Chunk("tEXt", 65, 0)) },
        { "PLTE chunk must come once", PngParts.OnePixel(PngParts.Chunk("PLTE", 1, 2, 3), PngParts.Chunk("PLTE", 1, 2, 3)) },
        { "PLTE chunk has 4 bytes", PngParts.OnePixel(PngParts.Chunk("PLTE", 1, 2, 3, 4)) },
        { "grey pixels and a PLTE", PngParts.Join(PngParts.Signature, PngParts.Header(1, 1, color: 0), PngParts.Chunk("PLTE", 1, 2, 3)) },
        { "no PLTE chunk", PngParts.Join(PngParts.Signature, PngParts.Header(1, 1, color: 3), PngParts.Data(0, 0), PngParts.End) },
        { "needs its NEWS chunk", PngParts.OnePixel(PngParts.Chunk("NEWS", 1)) },
        { "not four letters", PngParts.OnePixel(PngParts.Chunk("a1bc", 1)) },
        { "tRNS", PngParts.OnePixel(PngParts.Chunk("tRNS", 0, 1)) },
        { "fewer pixels", PngParts.Join(PngParts.Signature, PngParts.Header(1, 2), PngParts.Data(0, 1, 2, 3), PngParts.End) },
        { "has filter 5", PngParts.Join(PngParts.Signature, PngParts.Header(1, 1), PngParts.Data(5, 1, 2, 3), PngParts.End) },
        {
            "not a valid zlib",
            PngParts.Join(PngParts.Signature, PngParts.Header(1, 1), PngParts.Chunk("IDAT", PngParts.AsksForDictionary), PngParts.End)
        },
        { "not a valid zlib", PngParts.Join(PngParts.Signature, PngParts.Header(1, 1), PngParts.Chunk("IDAT", 9, 9, 9, 9, 9), PngParts.End) },
    };

    [Theory]
    [MemberData(nameof(WrongOrders))]
    public void Decode_BrokenRule_IsNamedInOneSentence(string said, byte[] file)
    {
        var refused = Assert.Throws<ImageFormatException>(() => PngFile.Decode(file));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
    }

    private static bool Refuses(byte[] file)
    {
        try
        {
            PngFile.Decode(file);
            return false;
        }
        catch (ImageFormatException)
        {
            return true;
        }
    }
}
