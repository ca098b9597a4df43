using RegionWebUI.Imaging;

namespace RegionWebUI.Host.Gallery;

/// <summary>How pictures become files and how a file's head is read.</summary>
public interface IPictureCodec
{
    /// <summary>The bytes of a whole PNG file.</summary>
    /// <param name="picture">The pixels.</param>
    /// <param name="infotext">Text to put under the keyword <c>parameters</c>; null or empty for none.</param>
    byte[] Encode(Image picture, string? infotext);

    /// <summary>Reads size and infotext without decoding a pixel.</summary>
    /// <param name="path">A file.</param>
    /// <exception cref="InvalidDataException">The file is no PNG or is not whole; the message is one sentence.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    PictureHead ReadHead(string path);
}
