namespace RegionWebUI.Imaging.Tests;

/// <summary>Swaps rows and columns, to hold what is done to rows against what is done to columns.</summary>
internal static class Transposed
{
    public static Image Of(Image image)
    {
        var (from, to) = (image.Rgb.ToArray(), new byte[image.Rgb.Length]);
        for (var pixel = 0; pixel < from.Length / 3; pixel++)
        {
            var (x, y) = (pixel % image.Width, pixel / image.Width);
            from.AsSpan(pixel * 3, 3).CopyTo(to.AsSpan(((x * image.Height) + y) * 3));
        }

        return new Image(image.Height, image.Width, to);
    }
}
