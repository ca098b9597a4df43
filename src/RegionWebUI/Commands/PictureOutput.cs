using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Settings;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary>The files of one <c>generate</c>: FILE.png, then FILE-2.png, FILE-3.png and so on for a batch.</summary>
internal sealed class PictureOutput
{
    private const string Field = "Out";

    private PictureOutput(IReadOnlyList<string> files) => Files = files;

    /// <summary>Full paths, one per picture.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Finds out whether the files can be written, and leaves nothing behind.</summary>
    /// <param name="named">The file the user named.</param>
    /// <param name="count">How many pictures there will be.</param>
    /// <exception cref="BadInputException">They cannot; the sentence names the file and the reason.</exception>
    public static PictureOutput Check(string named, int count)
    {
        if (!string.Equals(Path.GetExtension(named), ".png", StringComparison.OrdinalIgnoreCase) || named.Contains('\0', StringComparison.Ordinal))
        {
            throw new BadInputException(Field, $"--out must name a file that ends in .png, not '{named}'.");
        }

        var first = Path.GetFullPath(named);
        var folder = Path.GetDirectoryName(first)!;
        if (!Directory.Exists(folder))
        {
            throw new BadInputException(Field, $"The folder '{folder}' of --out is not there; make it first or name another.");
        }

        var stem = first[..^Path.GetExtension(first).Length];
        var more = Enumerable.Range(2, count - 1).Select(n => stem + string.Create(CultureInfo.InvariantCulture, $"-{n}") + Path.GetExtension(first));
        var output = new PictureOutput([first, .. more]);
        foreach (var file in output.Files)
        {
            try
            {
                AtomicFile.CheckWritable(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BadInputException(Field, $"The file '{file}' of --out cannot be written ({e.Message.TrimEnd('.')}).");
            }
        }

        return output;
    }

    /// <summary>Writes all pictures or, when one of them cannot be written, none: files that were there before are there as they were.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public void Write(IReadOnlyList<GeneratedPicture> pictures, IPictureCodec codec)
    {
        var staged = new List<StagedFile>();
        try
        {
            staged.AddRange(Files.Zip(pictures).Select(p =>
                AtomicFile.Stage(p.First, codec.Encode(p.Second.Picture, p.Second.Infotext), FileFailpoints.Picture)));
            StagedFile.CommitAll(staged);
        }
        finally
        {
            staged.ForEach(file => file.Dispose());
        }
    }
}
