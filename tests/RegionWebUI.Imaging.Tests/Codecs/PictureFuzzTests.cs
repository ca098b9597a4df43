using CsCheck;
using RegionWebUI.Imaging.Codecs;
using SkiaSharp;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>
/// Files damaged at random. The environment variables CsCheck_Iter (default 100 rounds) and CsCheck_Time (seconds) make the search longer; what
/// it finds is printed as Base64 and belongs into <see cref="Found"/>.
/// </summary>
public class PictureFuzzTests
{
    private const int FilesARound = 20;

    /// <summary>Four bytes for each pixel, twice, for a picture and for an interlaced row; texts; and what a refusal takes.</summary>
    private const int MostAllocated = 2 << 20;

    private static readonly PictureLimits _limits = new(MaxSide: 400, MaxPixels: 100_000, MaxFileBytes: 1 << 20, MaxTextBytes: 50_000);

    public static TheoryData<string, string> Found => new()
    {
        {
            "pixels that ask for a zlib dictionary",
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACElEQVR4IAAAAAFjYFzg3TUAAAAASUVORK5CYII="
        },
        {
            "a text that asks for a zlib dictionary",
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAAFHpUWHRwYXJhbWV0ZXJzAAB4IAAAAAFjYBxbpiAAAAAMSURBVHic"
            + "Y2BkYgYAAA4AB9dv5HgAAAAASUVORK5CYII="
        },
    };

    [Theory]
    [MemberData(nameof(Found))]
    public void Decode_WhatWasFound_DecodesOrRefuses(string what, string file) =>
        Assert.True(ProblemOf(Convert.FromBase64String(file), out _) is null, what);

    [Fact]
    public void Decode_DamagedPng_DecodesOrRefuses() => Search(Pngs(), repair: true);

    [Fact]
    public void Decode_DamagedJpeg_DecodesOrRefuses() => Search(Jpegs(), repair: false);

    [Fact]
    public void Decode_DamagedWebp_DecodesOrRefuses() => Search(Webps(), repair: false);

    [Fact]
    public void Decode_MixedFiles_DecodesOrRefuses() => Search([.. Pngs(), .. Jpegs(), .. Webps()], repair: false);

    private static void Search(IReadOnlyList<byte[]> files, bool repair)
    {
        Assert.All(files, f => Assert.Null(ProblemOf(f)));
        var (decoded, refused) = (0, 0);
        Gen.Select(Mutation.Of(files), Gen.Bool).Select((file, whole) => Repaired(file, repair && whole)).Array[FilesARound].Sample(
            round =>
            {
                foreach (var file in round)
                {
                    var problem = ProblemOf(file, out var accepted);
                    Assert.True(problem is null, $"{problem}\n{Convert.ToBase64String(file)}");
                    Interlocked.Increment(ref accepted ? ref decoded : ref refused);
                }
            });
        Assert.True(decoded > 0 && refused > 0, $"{decoded} files were decoded and {refused} refused: nothing was searched.");
    }

    private static byte[] Repaired(byte[] file, bool repair)
    {
        if (repair)
        {
            PngParts.RepairChecksums(file);
        }

        return file;
    }

    private static string? ProblemOf(byte[] file) => ProblemOf(file, out var decoded) ?? (decoded ? null : "A whole file was refused.");

    private static string? ProblemOf(byte[] file, out bool decoded)
    {
        decoded = false;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var picture = PictureFile.Decode(file, _limits, CancellationToken.None);
            decoded = true;
            var info = PictureFile.ReadInfo(file, _limits);
            if (info != new PictureInfo(picture.Format, picture.Image.Width, picture.Image.Height, picture.Infotext, picture.TextProblem))
            {
                return $"{info} is not what was decoded.";
            }
        }
        catch (Exception refused)
        {
            return refused is ImageFormatException && OneSentence.Is(refused.Message) ? null : refused.ToString();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= MostAllocated ? null : $"{allocated} bytes were taken.";
    }

    private static byte[][] Pngs() =>
    [
        PngFile.Encode(Pictures.Make(9, 7, 5, 12, new Random(20)), "a cat"),
        PngFile.Encode(Pictures.Make(30, 20, 5, 255, new Random(21)), "日本 😀"),
        PngParts.Join(
            PngParts.Signature, PngParts.Header(2, 2, color: 6), PngParts.Chunk("PLTE", 1, 2, 3),
            PngParts.Chunk("zTXt", [.. "parameters\0\0"u8, .. PngParts.Deflate("hello"u8)]),
            PngParts.Data(1, 1, 2, 3, 4, 5, 6, 7, 8, 4, 9, 8, 7, 6, 5, 4, 3, 2), PngParts.End),
        PngParts.Join(
            PngParts.Signature, PngParts.Header(3, 1, depth: 2, color: 3, interlace: 1), PngParts.Chunk("PLTE", 1, 2, 3, 4, 5, 6),
            PngParts.Chunk("tRNS", 5), PngParts.Data(0, 0x40, 0, 0x40, 0, 0x40), PngParts.End),
        PngParts.OnePixel(PngParts.Chunk("iTXt", [.. "parameters\0\u0001\0\0\0"u8, .. PngParts.Deflate(new byte[40_000])])),
    ];

    private static byte[][] Jpegs() =>
    [
        PictureFile.Encode(Pictures.Make(20, 17, 5, 12, new Random(22)), PictureEncoding.Jpeg(30), "a cat"),
        PictureFile.Encode(Pictures.Make(40, 9, 5, 255, new Random(23)), PictureEncoding.Jpeg(95), null),
        ExifParts.IntoJpeg(JpegParts.Make(17, 33), ExifParts.Make(false, 6, [.. "ASCII\0\0\0a cat"u8])),
        GreyJpeg(),
    ];

    private static byte[][] Webps() =>
    [
        PictureFile.Encode(Pictures.Make(20, 17, 5, 12, new Random(24)), PictureEncoding.Webp(30), "a cat"),
        PictureFile.Encode(Pictures.Make(20, 17, 5, 60, new Random(25)), PictureEncoding.WebpLossless, "日本 😀"),
        TransparentPictures.Webp(9, 5, lossless: false),
        ExifParts.IntoWebp(TransparentPictures.Webp(9, 5, lossless: true), ExifParts.Make(false, 8, new byte[8])),
    ];

    private static byte[] GreyJpeg()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(30, 20, SKColorType.Gray8, SKAlphaType.Opaque));
        new Random(26).NextBytes(bitmap.GetPixelSpan());
        using var pixmap = bitmap.PeekPixels();
        using var data = pixmap.Encode(new SKJpegEncoderOptions(70));
        Assert.NotNull(data);
        return data.ToArray();
    }
}
