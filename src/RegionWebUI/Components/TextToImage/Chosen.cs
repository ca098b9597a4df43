using RegionWebUI.Imaging;

namespace RegionWebUI.Components.TextToImage;

/// <summary>A picture that was chosen for the form, and how the page shows it.</summary>
/// <param name="Value">What the request takes.</param>
/// <param name="Name">Name of its file, or where it came from.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Thumbnail">Address of its small copy.</param>
internal sealed record Chosen<T>(T Value, string Name, int Width, int Height, string Thumbnail);

/// <summary>Makes them.</summary>
internal static class Chosen
{
    /// <summary>A picture to start from.</summary>
    internal static Chosen<Image> Picture(string name, Image picture) =>
        new(picture, name, picture.Width, picture.Height, Thumbnails.Of(picture));

    /// <summary>A mask.</summary>
    internal static Chosen<Mask> Painted(string name, Mask mask) => new(mask, name, mask.Width, mask.Height, Thumbnails.Of(ToImage(mask)));

    private static Image ToImage(Mask mask)
    {
        var rgb = new byte[mask.Width * mask.Height * 3];
        var values = mask.Values.Span;
        for (var i = 0; i < values.Length; i++)
        {
            rgb.AsSpan(i * 3, 3).Fill((byte)Math.Round(values[i] * 255));
        }

        return new Image(mask.Width, mask.Height, rgb);
    }
}
