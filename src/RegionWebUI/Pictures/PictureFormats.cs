using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Pictures;

/// <summary>What the formats are called in names of files, in addresses and in sentences.</summary>
internal static class PictureFormats
{
    /// <summary>The endings of names that a picture can be written to.</summary>
    public const string Endings = ".png, .jpg, .jpeg or .webp";

    /// <summary>The names in the API.</summary>
    public const string Names = "png, jpeg or webp";

    private static readonly Row[] _rows =
    [
        new(PictureFormat.Png, "png", "PNG", [".png"]),
        new(PictureFormat.Jpeg, "jpeg", "JPEG", [".jpg", ".jpeg"]),
        new(PictureFormat.Webp, "webp", "WebP", [".webp"]),
    ];

    /// <summary>The format of a file to be written, by the ending of its name in any case; null when it is none of <see cref="Endings"/>.</summary>
    public static PictureFormat? OfFile(string path)
    {
        var ending = Path.GetExtension(path);
        return Array.Find(_rows, r => r.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase))?.Format;
    }

    /// <summary>The format of a name in the API, letter for letter; null when it is none of <see cref="Names"/>.</summary>
    public static PictureFormat? OfName(string name) => Array.Find(_rows, r => r.Name == name)?.Format;

    /// <summary>The name in the API: <c>png</c>, <c>jpeg</c> or <c>webp</c>.</summary>
    public static string Name(PictureFormat format) => Find(format).Name;

    /// <summary>The name in a sentence: PNG, JPEG or WebP.</summary>
    public static string Title(PictureFormat format) => Find(format).Title;

    /// <summary>The ending of a new file's name, with its dot.</summary>
    public static string Ending(PictureFormat format) => Find(format).Endings[0];

    /// <summary>The media type.</summary>
    public static string MediaType(PictureFormat format) => $"image/{Name(format)}";

    /// <summary>How a format is written.</summary>
    /// <param name="format">The format.</param>
    /// <param name="quality">1 to 100, of a JPEG or WebP; a PNG has none.</param>
    public static PictureEncoding EncodingOf(PictureFormat format, int quality = PictureEncoding.DefaultQuality) => format switch
    {
        PictureFormat.Jpeg => PictureEncoding.Jpeg(quality),
        PictureFormat.Webp => PictureEncoding.Webp(quality),
        _ => PictureEncoding.Png,
    };

    private static Row Find(PictureFormat format) => Array.Find(_rows, r => r.Format == format)!;

    private sealed record Row(PictureFormat Format, string Name, string Title, string[] Endings);
}
