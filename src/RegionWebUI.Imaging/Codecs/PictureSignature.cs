namespace RegionWebUI.Imaging.Codecs;

/// <summary>Tells the kind of a file by its first bytes.</summary>
internal static class PictureSignature
{
    /// <summary>The kind of a file that is read; another one is refused by name where it is known.</summary>
    public static PictureFormat FormatOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngChunks.Signature))
        {
            return PictureFormat.Png;
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return PictureFormat.Jpeg;
        }

        return file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8)
            ? PictureFormat.Webp
            : throw new ImageFormatException($"{Describe(file)}; PNG, JPEG and WebP pictures are read.");
    }

    private static string Describe(ReadOnlySpan<byte> file) => NameOf(file) switch
    {
        { } name => $"The file is {name}",
        null when file.IsEmpty => "The file is empty",
        null => $"The file is no picture of a known kind (it begins with {Convert.ToHexString(file[..Math.Min(file.Length, 8)])})",
    };

    private static string? NameOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8))
        {
            return "a GIF";
        }

        if (file.StartsWith("BM"u8))
        {
            return "a BMP";
        }

        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
        {
            return "a TIFF";
        }

        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8))
        {
            return file[8..12].StartsWith("avi"u8) ? "an AVIF" : "an HEIC picture or a video";
        }

        if (file.Length >= 4 && file[1..4].SequenceEqual("PNG"u8))
        {
            return "a PNG whose signature is damaged";
        }

        return file.StartsWith("RIFF"u8) ? "a RIFF file without a WebP picture" : null;
    }
}
