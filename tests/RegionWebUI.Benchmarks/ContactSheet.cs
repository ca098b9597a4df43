using RegionWebUI.Imaging;

namespace RegionWebUI.Benchmarks;

/// <summary>Pairs of pictures of one size as one picture, row by row.</summary>
internal static class ContactSheet
{
    private const int InPair = 2;
    private const int Between = 12;
    private const byte Ground = 24;

    /// <summary>Lays them out.</summary>
    /// <param name="pairs">Left and right of each.</param>
    /// <param name="columns">Pairs in a row.</param>
    public static Image Of(IReadOnlyList<(Image Left, Image Right)> pairs, int columns)
    {
        var (w, h) = (pairs[0].Left.Width, pairs[0].Left.Height);
        var (stepX, stepY) = ((2 * w) + InPair + Between, h + Between);
        var rows = (pairs.Count + columns - 1) / columns;
        var (width, height) = ((columns * stepX) - Between, (rows * stepY) - Between);
        var rgb = Enumerable.Repeat(Ground, width * height * 3).ToArray();
        for (var i = 0; i < pairs.Count; i++)
        {
            var (x, y) = (i % columns * stepX, i / columns * stepY);
            Copy(pairs[i].Left, rgb, width, x, y);
            Copy(pairs[i].Right, rgb, width, x + w + InPair, y);
        }

        return new Image(width, height, rgb);
    }

    private static void Copy(Image picture, byte[] rgb, int width, int x, int y)
    {
        var line = picture.Width * 3;
        for (var row = 0; row < picture.Height; row++)
        {
            picture.Rgb.Span.Slice(row * line, line).CopyTo(rgb.AsSpan((((y + row) * width) + x) * 3));
        }
    }
}
