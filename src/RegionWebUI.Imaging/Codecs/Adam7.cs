namespace RegionWebUI.Imaging.Codecs;

/// <summary>The order of an interlaced PNG's pixels (PNG specification, 8.2): seven passes, each finer than the one before.</summary>
internal static class Adam7
{
    private static readonly (int X, int Y, int StepX, int StepY)[] _grids =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The passes a picture of this size has; one without pixels leaves no trace in the file and is left out.</summary>
    public static IReadOnlyList<PngPass> Passes(int width, int height) =>
        [
            .. from grid in _grids
               where grid.X < width && grid.Y < height
               select new PngPass(
                   grid.X, grid.Y, grid.StepX, grid.StepY, Count(width - grid.X, grid.StepX), Count(height - grid.Y, grid.StepY)),
        ];

    /// <summary>Copies a row of a pass to where its pixels lie in the picture's row.</summary>
    /// <param name="row">The pass's pixels side by side.</param>
    /// <param name="pass">Where they belong.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="target">A whole row of the picture.</param>
    public static void Spread(ReadOnlySpan<byte> row, PngPass pass, int channels, Span<byte> target)
    {
        for (var x = 0; x < pass.Width; x++)
        {
            row.Slice(x * channels, channels).CopyTo(target[((pass.X + (x * pass.StepX)) * channels)..]);
        }
    }

    private static int Count(int length, int step) => (length + step - 1) / step;
}
