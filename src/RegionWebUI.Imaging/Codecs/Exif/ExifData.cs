namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>What is wanted of a picture's EXIF data.</summary>
/// <param name="Orientation">How the picture is turned.</param>
/// <param name="Text">The UserComment; null when there is none, it is blank, or it could not be read.</param>
/// <param name="TextProblem">One sentence when there is a UserComment that could not be read; otherwise null.</param>
internal sealed record ExifData(Orientation Orientation, string? Text, string? TextProblem)
{
    public static ExifData None { get; } = new(Orientation.Upright, null, null);
}
