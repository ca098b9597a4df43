namespace RegionWebUI.Imaging.Codecs;

/// <summary>How a picture is written to a file; only what a format really has can be said.</summary>
public sealed record PictureEncoding
{
    /// <summary>What A1111 writes JPEG and WebP with unless told otherwise (its option <c>jpeg_quality</c>).</summary>
    public const int DefaultQuality = 80;

    private PictureEncoding(PictureFormat format, int? quality)
    {
        if (quality is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(quality), $"The quality of the picture is {quality}; it must be 1 to 100.");
        }

        Format = format;
        Quality = quality;
    }

    /// <summary>PNG, without loss.</summary>
    public static PictureEncoding Png { get; } = new(PictureFormat.Png, null);

    /// <summary>WebP without loss.</summary>
    public static PictureEncoding WebpLossless { get; } = new(PictureFormat.Webp, null);

    /// <summary>The kind of file.</summary>
    public PictureFormat Format { get; }

    /// <summary>1 (small) to 100 (good); null without loss.</summary>
    public int? Quality { get; }

    /// <summary>JPEG with colours at half resolution (4:2:0), as A1111 writes it.</summary>
    /// <param name="quality">1 (small) to 100 (good).</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not 1 to 100.</exception>
    public static PictureEncoding Jpeg(int quality = DefaultQuality) => new(PictureFormat.Jpeg, quality);

    /// <summary>WebP with loss.</summary>
    /// <param name="quality">1 (small) to 100 (good).</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not 1 to 100.</exception>
    public static PictureEncoding Webp(int quality = DefaultQuality) => new(PictureFormat.Webp, quality);
}
