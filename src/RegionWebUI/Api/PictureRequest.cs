using RegionWebUI.Diffusion;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Pictures;

namespace RegionWebUI.Api;

/// <summary>How a kept picture is asked for.</summary>
/// <param name="Encoding">Format and quality of a copy; null for the file as it is kept.</param>
/// <param name="IsDownload">Whether a browser is to store it under a name.</param>
internal sealed record PictureRequest(PictureEncoding? Encoding, bool IsDownload)
{
    private const string Format = "format";
    private const string Quality = "quality";

    /// <summary>Reads <c>?format=jpeg|webp&amp;quality=N&amp;download</c>.</summary>
    /// <exception cref="BadInputException">A value is not legal; the sentence names the legal ones.</exception>
    internal static PictureRequest Read(IQueryCollection query)
    {
        var format = PictureFormat.Png;
        if (query.TryGetValue(Format, out var given))
        {
            var name = given.ToString();
            format = PictureFormats.OfName(name)
                ?? throw new BadInputException(Format, $"The format must be {PictureFormats.Names}, not '{NameSuggestion.Shortened(name)}'.");
        }

        return new PictureRequest(EncodingOf(format, query), query.ContainsKey("download"));
    }

    /// <summary>The name a browser stores it under.</summary>
    internal string FileName(string id) => $"regionwebui-{id}{PictureFormats.Ending(Encoding?.Format ?? PictureFormat.Png)}";

    private static PictureEncoding? EncodingOf(PictureFormat format, IQueryCollection query)
    {
        var given = query.TryGetValue(Quality, out var quality);
        if (format == PictureFormat.Png)
        {
            return given ? throw new BadInputException(Quality, "A quality belongs to the formats jpeg and webp; a PNG has no loss.") : null;
        }

        return !given ? PictureFormats.EncodingOf(format)
            : PictureQuality.Parse(quality.ToString()) is { } number ? PictureFormats.EncodingOf(format, number)
            : throw new BadInputException(
                Quality, $"The quality must be {PictureQuality.Legal}, not '{NameSuggestion.Shortened(quality.ToString())}'.");
    }
}
