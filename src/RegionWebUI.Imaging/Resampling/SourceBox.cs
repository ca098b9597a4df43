namespace RegionWebUI.Imaging.Resampling;

/// <summary>
/// The part of a picture that is resized, in pixels from the picture's upper left corner; fractions cut through pixels.
/// Pixels beside the box still count where a filter reaches over its edge.
/// </summary>
/// <param name="Left">Left edge, at least 0.</param>
/// <param name="Top">Upper edge, at least 0.</param>
/// <param name="Right">Right edge, greater than <paramref name="Left"/>, at most the picture's width.</param>
/// <param name="Bottom">Lower edge, greater than <paramref name="Top"/>, at most the picture's height.</param>
public readonly record struct SourceBox(float Left, float Top, float Right, float Bottom)
{
    /// <summary>The whole of a picture.</summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    public static SourceBox Whole(int width, int height) => new(0, 0, width, height);

    internal void CheckInside(int width, int height)
    {
        if (!(Left >= 0 && Left < Right && Right <= width && Top >= 0 && Top < Bottom && Bottom <= height))
        {
            throw new ArgumentException(
                $"The part to resize reaches from {Left}, {Top} to {Right}, {Bottom}; "
                + $"it must have an area and lie within 0, 0 to {width}, {height}.");
        }
    }
}
