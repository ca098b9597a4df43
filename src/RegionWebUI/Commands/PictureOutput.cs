using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Settings;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary>
/// The files of one <c>generate</c>: FILE.png, then FILE-2.png, FILE-3.png and so on for a batch; a picture that an extension attached
/// stands beside its own as FILE-name.png. Other endings, other formats.
/// </summary>
internal sealed class PictureOutput
{
    private const string Field = "Out";

    private readonly string _stem;
    private readonly string _extension;
    private readonly PictureEncoding _encoding;
    private readonly HashSet<string> _inputs;

    private PictureOutput(string first, PictureEncoding encoding, IEnumerable<string> inputs)
    {
        _encoding = encoding;
        _extension = Path.GetExtension(first);
        _stem = first[..^_extension.Length];
        _inputs = new HashSet<string>(inputs, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Finds out whether the files can be written, and leaves nothing behind.</summary>
    /// <param name="named">The file the user named, its ending that of the format.</param>
    /// <param name="encoding">Format and quality.</param>
    /// <param name="count">How many pictures there will be.</param>
    /// <param name="inputs">Full paths of files that the run reads: no attachment takes their names.</param>
    /// <exception cref="BadInputException">They cannot; the sentence names the file and the reason.</exception>
    public static PictureOutput Check(string named, PictureEncoding encoding, int count, IEnumerable<string> inputs)
    {
        var first = Path.GetFullPath(named);
        var folder = Path.GetDirectoryName(first)!;
        if (!Directory.Exists(folder))
        {
            throw new BadInputException(Field, $"The folder '{folder}' of --out is not there; make it first or name another.");
        }

        var output = new PictureOutput(first, encoding, inputs);
        foreach (var file in Enumerable.Range(1, count).Select(output.FileOf))
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
    /// <param name="pictures">The pictures; extensions may have added some to those that were asked for.</param>
    /// <returns>The files of each picture.</returns>
    /// <exception cref="PictureFileException">An infotext is too long for the format.</exception>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public IReadOnlyList<Written> Write(IReadOnlyList<GeneratedPicture> pictures)
    {
        var files = Name(pictures);
        var staged = new List<StagedFile>();
        try
        {
            foreach (var (picture, written) in pictures.Zip(files))
            {
                staged.Add(Stage(written.File, picture.Picture, picture.Infotext));
                staged.AddRange(picture.Attachments.Zip(written.Attachments).Select(a => Stage(a.Second.File, a.First.Value, infotext: null)));
            }

            StagedFile.CommitAll(staged);
            return files;
        }
        finally
        {
            staged.ForEach(file => file.Dispose());
        }
    }

    private StagedFile Stage(string file, Image picture, string? infotext) =>
        AtomicFile.Stage(file, PictureContent.Of(file, picture, infotext, _encoding), FileFailpoints.Picture);

    private List<Written> Name(IReadOnlyList<GeneratedPicture> pictures)
    {
        var own = Enumerable.Range(1, pictures.Count).Select(FileOf).ToList();
        var taken = new HashSet<string>(own.Concat(_inputs), StringComparer.OrdinalIgnoreCase);
        return [.. pictures.Select((picture, i) => new Written(
            own[i], [.. picture.Attachments.Select(a => new Attachment(a.Key, Free(own[i][..^_extension.Length] + "-" + a.Key, taken)))]))];
    }

    private string Free(string stem, HashSet<string> taken)
    {
        var file = stem + _extension;
        for (var n = 2; !taken.Add(file); n++)
        {
            file = Numbered(stem, n);
        }

        return file;
    }

    private string FileOf(int number) => number == 1 ? _stem + _extension : Numbered(_stem, number);

    private string Numbered(string stem, int number) => stem + string.Create(CultureInfo.InvariantCulture, $"-{number}") + _extension;

    /// <summary>The files of one picture.</summary>
    /// <param name="File">Its own, as a full path.</param>
    /// <param name="Attachments">Those of the pictures attached to it.</param>
    internal sealed record Written(string File, IReadOnlyList<Attachment> Attachments);

    /// <summary>The file of an attached picture.</summary>
    /// <param name="Name">The name the extension gave it.</param>
    /// <param name="File">Full path.</param>
    internal sealed record Attachment(string Name, string File);
}
