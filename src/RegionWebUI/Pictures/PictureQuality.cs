using System.Globalization;

namespace RegionWebUI.Pictures;

/// <summary>The quality of a JPEG or WebP as users write it.</summary>
internal static class PictureQuality
{
    /// <summary>The legal values, in words.</summary>
    public const string Legal = "a whole number from 1 to 100";

    /// <summary>Reads a quality; null when the text is none.</summary>
    public static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) && quality is >= 1 and <= 100 ? quality : null;
}
