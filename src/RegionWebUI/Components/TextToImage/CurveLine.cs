using System.Globalization;
using RegionWebUI.Sdk;

namespace RegionWebUI.Components.TextToImage;

/// <summary>A curve as the points of an SVG line.</summary>
internal static class CurveLine
{
    /// <summary>Width of the drawing, in its own units.</summary>
    internal const int Width = 240;

    /// <summary>Height of the drawing.</summary>
    internal const int Height = 40;

    // Half the line's width, so that nothing of it is cut off at the edges.
    private const double Margin = 2;

    /// <summary>Points from left to right, the greatest value at the top; a level line where all values are one.</summary>
    internal static string Points(Curve curve)
    {
        var values = curve.Values;
        var (low, high) = (values.Min(), values.Max());
        return string.Join(' ', values.Count == 1 ? [Point(0, 0.5), Point(1, 0.5)] : values.Select((value, i) => Point(
            (double)i / (values.Count - 1), Share(value, low, high))));
    }

    // Halves, because the difference of two numbers may be none.
    private static double Share(double value, double low, double high) =>
        high > low ? ((high / 2) - (value / 2)) / ((high / 2) - (low / 2)) : 0.5;

    private static string Point(double x, double y) => string.Create(
        CultureInfo.InvariantCulture, $"{Margin + (x * (Width - (2 * Margin))):0.#},{Margin + (y * (Height - (2 * Margin))):0.#}");
}
