using RegionWebUI.Diffusion;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Api;

/// <summary>Copies of kept pictures in another format, made when they are asked for.</summary>
internal static class PictureCopies
{
    // A copy takes a core and its pixels' memory twice; many at once would take them from the run.
    private static readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Makes a copy beside the request's own thread, with the infotext of the file.</summary>
    /// <param name="file">A kept picture.</param>
    /// <param name="encoding">Format and quality.</param>
    /// <param name="cancellation">Ends waiting, reading and decoding; an encoding that has begun is finished.</param>
    /// <exception cref="BadInputException">The format cannot keep the infotext.</exception>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static async Task<byte[]> MakeAsync(string file, PictureEncoding encoding, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            var content = await File.ReadAllBytesAsync(file, cancellation);
            return await Task.Run(() => Make(content, encoding, cancellation), cancellation);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static byte[] Make(byte[] content, PictureEncoding encoding, CancellationToken cancellation)
    {
        // The text is judged before a pixel is decoded.
        if (PictureFile.ReadInfo(content).Infotext is { } infotext && PictureFile.ProblemOf(infotext, encoding.Format) is { } problem)
        {
            throw new BadInputException("format", problem);
        }

        var picture = PictureFile.Decode(content, cancellation);
        return PictureFile.Encode(picture.Image, encoding, picture.Infotext, cancellation);
    }
}
