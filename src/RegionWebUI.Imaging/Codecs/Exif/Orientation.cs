namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>How a stored picture is turned to stand upright (EXIF 2.32, 4.6.4 A, tag 274).</summary>
/// <param name="Value">1 (as stored) to 8.</param>
internal readonly record struct Orientation(int Value)
{
    public const int Count = 8;

    public static Orientation Upright { get; } = new(1);

    /// <summary>Size of the upright picture.</summary>
    public (int Width, int Height) Turn(int width, int height) => Value >= 5 ? (height, width) : (width, height);

    /// <summary>Where the stored pixel (x, y) lies in the upright picture's rows: <c>Start + x StepX + y StepY</c>, in pixels.</summary>
    public (int Start, int StepX, int StepY) Walk(int width, int height)
    {
        var last = (width * height) - 1;
        return Value switch
        {
            2 => (width - 1, -1, width),
            3 => (last, -1, -width),
            4 => (last - (width - 1), 1, -width),
            5 => (0, height, 1),
            6 => (height - 1, height, -1),
            7 => (last, -height, -1),
            8 => (last - (height - 1), -height, 1),
            _ => (0, 1, width),
        };
    }
}
