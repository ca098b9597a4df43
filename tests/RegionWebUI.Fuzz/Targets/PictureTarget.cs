using RegionWebUI.Fuzz.Mutations;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Fuzz.Targets;

/// <summary>Picture files: whatever is decoded, its head says the same of it; whatever is not, is refused with one sentence.</summary>
internal sealed class PictureTarget : FuzzTarget
{
    private const int SignatureLength = 12;

    // Small enough that what a file declares, and not what it holds, is what would take memory.
    private static readonly PictureLimits _limits = new(MaxSide: 400, MaxPixels: 100_000, MaxFileBytes: 1 << 20, MaxTextBytes: 50_000);

    private static readonly byte[] _pngSignature = [137, 80, 78, 71, 13, 10, 26, 10];

    /// <inheritdoc/>
    public override string Name => "picture";

    /// <inheritdoc/>
    public override int LongestInput => 60_000;

    /// <summary>Four bytes for each pixel, twice, for a picture and for an interlaced row; texts; and what a refusal takes.</summary>
    public override long MostAllocated => 2 << 20;

    /// <inheritdoc/>
    public override long MostAllocatedPerByte => 8;

    /// <inheritdoc/>
    public override double MostMicrosecondsPerByte => 2;

    /// <inheritdoc/>
    protected override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. Words.Of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "tEXt", "zTXt", "iTXt", "eXIf", "acTL", "parameters\0", "Exif\0\0", "UNICODE\0", "ASCII\0\0\0",
            "RIFF", "WEBP", "VP8 ", "VP8L", "VP8X", "ALPH", "EXIF", "ANIM", "ANMF", "JFIF\0", "II*\0", "MM\0*"),
        [0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xE1], [0x12, 0x01], [0x86, 0x92],
        _pngSignature,
    ];

    /// <inheritdoc/>
    public override void Read(byte[] input, Trail trail)
    {
        DecodedPicture picture;
        try
        {
            picture = PictureFile.Decode(input, _limits, CancellationToken.None);
        }
        catch (ImageFormatException refused)
        {
            Promise.IsMessage(refused.Message);
            trail.Refuse(refused.Message);
            return;
        }

        trail.Accept();
        var (width, height) = (picture.Image.Width, picture.Image.Height);
        Promise.Keep(_limits.ProblemOf(width, height) is null, $"A picture of {width} x {height} was read.");
        Promise.Keep(picture.Alpha is not { } alpha || alpha.Length == width * height, "The opacity is not one byte a pixel.");
        var info = PictureFile.ReadInfo(input, _limits);
        var expected = new PictureInfo(picture.Format, width, height, picture.Infotext, picture.TextProblem);
        Promise.Keep(info == expected, "The head does not say what was decoded.");
        Promise.Keep(picture.Infotext is null || picture.TextProblem is null, "A text was read and not read.");
        trail.Add(picture.Infotext);
        trail.Add(picture.Image.Rgb.Span);
        trail.Add(picture.Alpha is { } opacity ? opacity.Span : []);
        trail.Mark($"{picture.Format} {picture.Alpha is null} {picture.Infotext?.Length > 0}");
        trail.Mark("pixels", width * height);
        if (picture.TextProblem is { } problem)
        {
            Promise.IsMessage(problem);
            trail.Refuse(problem);
        }
    }

    /// <inheritdoc/>
    protected override byte[] Change(byte[] input, byte[] other, Random random)
    {
        if (input.AsSpan().StartsWith(_pngSignature) && random.Next(4) != 0)
        {
            return PngMutation.Change(input, other, Tokens, random);
        }

        // A file of no known kind is refused at once and tells little.
        var head = random.Next(8) == 0 ? 0 : Math.Min(SignatureLength, input.Length);
        return [.. input[..head], .. base.Change(input[head..], other, random)];
    }
}
