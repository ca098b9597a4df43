using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Commands;

/// <summary>Reads the picture files that a user names.</summary>
internal static class PictureInput
{
    // What PictureFile takes; a file beyond it is refused before it is in memory.
    private const int MaxFileBytes = 64 << 20;

    /// <summary>The pixels of a picture file, upright.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">What named it, such as <c>--init</c>; null when nothing needs to be said.</param>
    /// <exception cref="PictureFileException">It is not there, cannot be read, is no PNG, JPEG or WebP, or is beyond the limits.</exception>
    public static Image Read(string path, string? source) => Guarded(path, source, () => StartPictures.Decode(ReadAll(path)));

    /// <summary>Kind, size and infotext of a picture file.</summary>
    /// <inheritdoc cref="Read"/>
    public static PictureInfo ReadInfo(string path, string? source) => Guarded(path, source, () => PictureFile.ReadInfo(ReadAll(path)));

    /// <summary>The infotext of a picture file.</summary>
    /// <inheritdoc cref="Read"/>
    /// <exception cref="PictureFileException">As <see cref="Read"/>, or the file has no infotext.</exception>
    public static string ReadInfotext(string path, string? source) => Guarded(path, source, () =>
    {
        var info = PictureFile.ReadInfo(ReadAll(path));
        return info.Infotext ?? throw new ImageFormatException(
            info.TextProblem ?? "It has no generation parameters (in a PNG the text 'parameters', in a JPEG or WebP the EXIF UserComment).");
    });

    private static T Guarded<T>(string path, string? source, Func<T> read)
    {
        var of = source is null ? "" : $" of {source}";
        if (path is "" || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new PictureFileException($"{source ?? "The path"} must name a PNG, JPEG or WebP file, not '{path}'.");
        }

        if (Directory.Exists(path))
        {
            throw new PictureFileException($"'{path}'{of} is a folder, not a picture file.");
        }

        try
        {
            return read();
        }
        catch (ImageFormatException refused)
        {
            throw new PictureFileException($"The file '{path}'{of} cannot be used ({OneLine.Of(refused.Message)}).", refused);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureFileException($"The file '{path}'{of} is not there.", missing);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new PictureFileException($"The file '{path}'{of} cannot be read ({OneLine.Of(failed.Message)}).", failed);
        }
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var content = new MemoryStream(file.CanSeek ? (int)Math.Min(file.Length, MaxFileBytes) : 0);
        var block = new byte[1 << 16];
        for (int count; (count = file.Read(block)) > 0;)
        {
            // A device or a pipe has no length to look at.
            if (content.Length + count > MaxFileBytes)
            {
                throw new ImageFormatException($"It has more than {MaxFileBytes >> 20} MiB.");
            }

            content.Write(block, 0, count);
        }

        return content.ToArray();
    }
}
