namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>Numbers of the entries that matter here (EXIF 2.32, 4.6).</summary>
internal static class ExifTag
{
    public const ushort Orientation = 0x0112;
    public const ushort ExifDirectory = 0x8769;
    public const ushort UserComment = 0x9286;
}
