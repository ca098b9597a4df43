namespace RegionWebUI.Imaging.Codecs.Exif;

/// <summary>What a directory entry's values are (TIFF 6.0, section 2).</summary>
internal enum TiffType
{
    Byte = 1,
    Ascii = 2,
    Short = 3,
    Long = 4,
    Undefined = 7,
}
