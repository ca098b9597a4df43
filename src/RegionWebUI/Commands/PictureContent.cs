using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Commands;

/// <summary>Makes the picture files that a user named.</summary>
internal static class PictureContent
{
    /// <summary>The bytes of a whole file.</summary>
    /// <param name="file">Its name, for the sentence when it cannot be made.</param>
    /// <param name="picture">The pixels.</param>
    /// <param name="infotext">Its parameters; null or empty for none.</param>
    /// <param name="encoding">Format and quality.</param>
    /// <exception cref="PictureFileException">The format cannot keep so long a text.</exception>
    public static byte[] Of(string file, Image picture, string? infotext, PictureEncoding encoding)
    {
        infotext = infotext is { Length: > 0 } ? infotext : null;
        return infotext is not null && PictureFile.ProblemOf(infotext, encoding.Format) is { } problem
            ? throw new PictureFileException($"The file '{file}' cannot be written ({OneLine.Of(problem)}).")
            : PictureFile.Encode(picture, encoding, infotext);
    }
}
