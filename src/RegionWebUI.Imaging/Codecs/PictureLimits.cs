namespace RegionWebUI.Imaging.Codecs;

/// <summary>What a picture file may ask for before it is refused. Checked against what a file declares, before memory for it is taken.</summary>
/// <param name="MaxSide">Largest width and largest height, in pixels.</param>
/// <param name="MaxPixels">Largest width times height.</param>
/// <param name="MaxFileBytes">Largest file.</param>
/// <param name="MaxTextBytes">Largest infotext, in stored bytes after inflating.</param>
internal sealed record PictureLimits(int MaxSide, long MaxPixels, int MaxFileBytes, int MaxTextBytes)
{
    public static PictureLimits Default { get; } = new(MaxSide: 16384, MaxPixels: 64L << 20, MaxFileBytes: 64 << 20, MaxTextBytes: 1 << 20);

    /// <summary>One sentence on what is wrong with a size, or null when it is legal.</summary>
    public string? ProblemOf(long width, long height)
    {
        if (width < 1 || height < 1 || width > MaxSide || height > MaxSide)
        {
            return $"The picture is {width} x {height} pixels; each side must be 1 to {MaxSide}.";
        }

        return width * height > MaxPixels
            ? $"The picture is {width} x {height}, {width * height} pixels; at most {MaxPixels} are allowed."
            : null;
    }
}
