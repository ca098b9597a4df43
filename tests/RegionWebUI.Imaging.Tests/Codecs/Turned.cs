namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>EXIF orientation as the standard words it: on which side of the upright picture the stored first row and first column are.</summary>
internal static class Turned
{
    private static readonly (string Row, string Column)[] _sides =
    [
        ("top", "left"), ("top", "right"), ("bottom", "right"), ("bottom", "left"),
        ("left", "top"), ("right", "top"), ("right", "bottom"), ("left", "bottom"),
    ];

    public static byte[] By(Image stored, int orientation) => By(stored.Rgb.Span, 3, stored.Width, stored.Height, orientation);

    public static byte[] By(ReadOnlySpan<byte> stored, int pixelBytes, int width, int height, int orientation)
    {
        var (row, column) = _sides[orientation - 1];
        var lies = row is "left" or "right";
        var uprightWidth = lies ? height : width;
        var upright = new byte[stored.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var fromFirstRow = row is "top" or "left" ? y : height - 1 - y;
                var fromFirstColumn = column is "left" or "top" ? x : width - 1 - x;
                var at = lies ? (fromFirstColumn * uprightWidth) + fromFirstRow : (fromFirstRow * uprightWidth) + fromFirstColumn;
                stored.Slice(((y * width) + x) * pixelBytes, pixelBytes).CopyTo(upright.AsSpan(at * pixelBytes));
            }
        }

        return upright;
    }
}
