using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Host.Parameters;

/// <summary>
/// Pictures and masks that runs start from, out of PNG, JPEG and WebP files of any origin, told apart by content. A
/// file of a few kilobytes can declare hundreds of megabytes of pixels: its size is judged before memory is taken, and of those that a server is
/// sent one at a time is decoded.
/// </summary>
public static class StartPictures
{
    /// <summary>Largest width times height: eight times the largest picture that can be made, and more than most cameras take.</summary>
    public const long MaxPixels = 32L << 20;

    private static readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="cancellation">Looked at every few rows; a WebP's decoding is not interrupted.</param>
    /// <returns>The colours as stored, whatever their opacity, turned upright where the file says how the camera was held.</returns>
    /// <exception cref="ImageFormatException">The file is of another kind, damaged, or beyond the limits; the sentence says which.</exception>
    public static Image Decode(ReadOnlyMemory<byte> file, CancellationToken cancellation = default)
    {
        var head = PictureFile.ReadInfo(file);
        var pixels = (long)head.Width * head.Height;
        return pixels <= MaxPixels
            ? PictureFile.Decode(file, cancellation).Image
            : throw new ImageFormatException(FormattableString.Invariant(
                $"It is {head.Width} x {head.Height}, {pixels} pixels; a picture or mask to start from may have at most {MaxPixels}."));
    }

    /// <summary>Decodes a picture beside the caller's thread, when no other is being decoded.</summary>
    /// <inheritdoc cref="Decode"/>
    public static Task<Image> PictureAsync(ReadOnlyMemory<byte> file, CancellationToken cancellation) =>
        InTurnAsync(() => Decode(file, cancellation), cancellation);

    /// <summary>Decodes a mask, white for what is edited, beside the caller's thread, when no other picture is being decoded.</summary>
    /// <inheritdoc cref="Decode"/>
    public static Task<Mask> MaskAsync(ReadOnlyMemory<byte> file, CancellationToken cancellation) =>
        InTurnAsync(() => Mask.FromImage(Decode(file, cancellation)), cancellation);

    private static async Task<T> InTurnAsync<T>(Func<T> decode, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(decode, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
