namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// PNG files with an infotext, as A1111 keeps it: a text chunk with the keyword <c>parameters</c>, tEXt (Latin-1) when every character
/// fits, otherwise iTXt (UTF-8). Read are files of at most 64 MiB, 16384 pixels a side and 64 Mi pixels, and infotexts of at most 1 MiB.
/// </summary>
public static class PngFile
{
    /// <summary>Writes a picture as 8-bit RGB, without loss.</summary>
    /// <param name="image">At most 16384 pixels a side and 64 Mi pixels.</param>
    /// <param name="infotext">Kept as it is, but that a lone surrogate becomes U+FFFD; at most 1 MiB. Null writes no text chunk.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns>The whole file.</returns>
    /// <exception cref="ArgumentException">The picture or the text is too large.</exception>
    public static byte[] Encode(Image image, string? infotext, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PngEncoder.Encode(image, infotext, PictureLimits.Default, cancellation);
    }

    /// <summary>Reads pixels and infotext. Everything about the file's chunks is checked before a pixel is decoded.</summary>
    /// <param name="file">The whole file, of any kind: grey, RGB, palette, with or without transparency, 1 to 16 bits, plain or interlaced.</param>
    /// <param name="cancellation">Looked at once a row.</param>
    /// <returns>
    /// The picture as stored, in 8 bits: grey and palettes as RGB, fewer than 8 bits spread over 0 to 255, of 16 bits the high 8.
    /// </returns>
    /// <exception cref="ImageFormatException">The file is no PNG, is damaged, or is beyond the limits.</exception>
    public static DecodedPng Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation = default) =>
        PngDecoder.Decode(file, PictureLimits.Default, cancellation);

    /// <summary>Reads size and infotext of any kind of PNG from the front of a stream, up to its pixels: usually one read of 4 KiB.</summary>
    /// <param name="stream">Stands at the first byte of the file; where it stands afterwards is not defined. Left open.</param>
    /// <returns>Size and infotext; a text behind the pixels is not found.</returns>
    /// <exception cref="ImageFormatException">The front of the file is damaged, no PNG, or beyond the limits.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static PngInfo ReadInfo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return InfoOf(new StreamSource(stream, PictureLimits.Default));
    }

    /// <summary>Reads size and infotext of any kind of PNG from the front of a file, up to its pixels.</summary>
    /// <param name="file">The file, or at least its front up to the first IDAT chunk's head.</param>
    /// <returns>Size and infotext; a text behind the pixels is not found.</returns>
    /// <exception cref="ImageFormatException">The front of the file is damaged, no PNG, or beyond the limits.</exception>
    public static PngInfo ReadInfo(ReadOnlyMemory<byte> file) => InfoOf(new MemorySource(file));

    private static PngInfo InfoOf(IByteSource source)
    {
        var structure = PngStructure.ReadFront(source, PictureLimits.Default);
        return new PngInfo(structure.Header.Width, structure.Header.Height, structure.Text?.Value, structure.Text?.Problem);
    }
}
