using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Host.Gallery;

/// <summary>Pictures as PNG files with their infotext.</summary>
public sealed class PngPictureCodec : IPictureCodec
{
    // PNG specification, 11.2.4: the IEND chunk has no data, so every whole file ends with the same twelve bytes.
    private static ReadOnlySpan<byte> End => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <inheritdoc/>
    public byte[] Encode(Image picture, string? infotext) => PngFile.Encode(picture, infotext is { Length: > 0 } ? infotext : null);

    /// <inheritdoc/>
    public PictureHead ReadHead(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var info = PngFile.ReadInfo(stream);
            return IsWhole(stream)
                ? new PictureHead(info.Width, info.Height, info.Infotext ?? "")
                : throw new InvalidDataException("The file ends before its picture does.");
        }
        catch (ImageFormatException refused)
        {
            throw new InvalidDataException(refused.Message, refused);
        }
    }

    private static bool IsWhole(FileStream stream)
    {
        Span<byte> last = stackalloc byte[End.Length];
        stream.Seek(-last.Length, SeekOrigin.End);
        stream.ReadExactly(last);
        return last.SequenceEqual(End);
    }
}
