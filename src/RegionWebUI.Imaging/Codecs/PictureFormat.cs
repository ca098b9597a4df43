namespace RegionWebUI.Imaging.Codecs;

/// <summary>The kinds of picture file that are read and written.</summary>
public enum PictureFormat
{
    /// <summary>Portable Network Graphics: without loss.</summary>
    Png,

    /// <summary>JPEG (ITU-T T.81): with loss, no transparency.</summary>
    Jpeg,

    /// <summary>WebP (RFC 9649): with or without loss.</summary>
    Webp,
}
