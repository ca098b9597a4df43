namespace RegionWebUI.Imaging.Codecs;

/// <summary>Rows of a PNG that hold every so many pixels of the picture. A plain PNG has one pass, which holds them all.</summary>
/// <param name="X">Column of the pass's first pixel.</param>
/// <param name="Y">Row of the pass's first pixel.</param>
/// <param name="StepX">Columns from one pixel to the next.</param>
/// <param name="StepY">Rows from one pixel to the next.</param>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY, int Width, int Height)
{
    /// <summary>The passes of a picture in the order of the file.</summary>
    public static IReadOnlyList<PngPass> Of(PngHeader header) =>
        header.Interlaced ? Adam7.Passes(header.Width, header.Height) : [new PngPass(0, 0, 1, 1, header.Width, header.Height)];
}
