using System.Collections.Concurrent;
using System.Collections.Immutable;
using RegionWebUI.Host.Settings;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Gallery;

/// <summary>
/// The pictures of a data folder. The files are the truth: the index is rebuilt from them at start, by their names and heads, and a file that
/// is broken or half there is passed over with a warning.
/// </summary>
public sealed class PictureGallery : IGallery
{
    private readonly string _folder;
    private readonly IPictureCodec _codec;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;

    // Only writers take it: readers must not wait for a disk that flushes.
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<DateOnly, long> _lastNumber = [];
    private volatile ImmutableList<GalleryEntry> _newestFirst = [];

    /// <summary>Opens the gallery of a data folder: sweeps what cut-off writes left, then reads what is there.</summary>
    /// <param name="folder">A data folder that exists and is locked by this process.</param>
    /// <param name="codec">Writes and reads the files.</param>
    /// <param name="time">Names the day's folder.</param>
    /// <param name="warn">Told about files that are passed over, in one sentence each, and about listeners that fail.</param>
    public PictureGallery(DataFolder folder, IPictureCodec codec, TimeProvider time, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(warn);
        _folder = folder.Pictures;
        _codec = codec;
        _time = time;
        _warn = warn;
        Sweep();
        Rebuild();
    }

    /// <inheritdoc/>
    public event Action<GalleryEntry>? Added;

    /// <inheritdoc/>
    public IReadOnlyList<GalleryEntry> Entries => _newestFirst;

    /// <inheritdoc/>
    public GalleryEntry Add(GeneratedPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var content = _codec.Encode(picture.Picture, picture.Infotext);
        var attached = picture.Attachments.Select(a => (Name: a.Key, Content: _codec.Encode(a.Value, null))).ToList();
        GalleryEntry entry;
        lock (_writing)
        {
            var (name, path) = NextName(picture.Seed);
            entry = new GalleryEntry(name.Id, picture.Picture.Width, picture.Picture.Height, picture.Infotext)
            {
                Attachments = attached.Select(a => a.Name).ToArray(),
            };

            // The picture last: one that is listed has all that belongs to it.
            foreach (var (attachment, png) in attached)
            {
                var file = System.IO.Path.Join(_folder, name.Folder, name.AttachmentFile(attachment));
                AtomicFile.Write(file, png, FileFailpoints.Picture);
                _files[entry.AttachmentId(attachment)] = file;
            }

            if (picture.Curves.Count > 0)
            {
                AtomicFile.Write(PictureName.CurvesOf(path), CurveFile.Encode(picture.Curves), FileFailpoints.Picture);
            }

            AtomicFile.Write(path, content, FileFailpoints.Picture);
            _lastNumber[name.Day] = name.Number;
            _files[name.Id] = path;
            _newestFirst = _newestFirst.Insert(0, entry);
        }

        Listeners.Raise(Added, entry, _warn, "gallery");
        return entry;
    }

    /// <inheritdoc/>
    public string? FindFile(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _files.GetValueOrDefault(id);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Curve>? FindCurves(string id)
    {
        if (FindFile(id) is not { } picture)
        {
            return null;
        }

        var file = new FileInfo(PictureName.CurvesOf(picture));
        try
        {
            return file.Exists && IsPlain(file) ? CurveFile.Read(file.FullName) : [];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            _warn($"The curves '{file.FullName}' are passed over ({e.Message.TrimEnd('.')}).");
            return [];
        }
    }

    private (PictureName Name, string Path) NextName(long seed)
    {
        var day = DateOnly.FromDateTime(_time.GetLocalNow().DateTime);
        Directory.CreateDirectory(System.IO.Path.Join(_folder, PictureName.DayText(day)));
        var name = new PictureName(day, _lastNumber.GetValueOrDefault(day) + 1, seed);

        // Also where only something that belonged to a picture is left: it must not come to belong to another.
        while (Directory.EnumerateFiles(System.IO.Path.Join(_folder, name.Folder), System.IO.Path.ChangeExtension(name.File, ".*")).Any())
        {
            name = name with { Number = name.Number + 1 };
        }

        return (name, PathOf(name));
    }

    private string PathOf(PictureName name) => System.IO.Path.Join(_folder, name.Folder, name.File);

    private void Sweep()
    {
        try
        {
            AtomicFile.Sweep(_folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _warn($"Leftovers in '{_folder}' could not be removed ({e.Message.TrimEnd('.')}).");
        }
    }

    private void Rebuild()
    {
        var oldestFirst = new List<GalleryEntry>();
        var names = new DirectoryInfo(_folder).EnumerateDirectories()
            .Where(IsPlain)
            .Select(d => (Folder: d, Day: PictureName.ParseDay(d.Name)))
            .Where(d => d.Day is not null)
            .SelectMany(d => d.Folder.EnumerateFiles("*.png").Where(IsPlain).Select(f => (f.FullName, Name: PictureName.Parse(d.Day!.Value, f.Name))))
            .Where(f => f.Name is not null)
            .OrderBy(f => f.Name!.Day).ThenBy(f => f.Name!.Number).ThenBy(f => f.Name!.Seed);
        var attachments = new DirectoryInfo(_folder).EnumerateDirectories()
            .Where(d => IsPlain(d) && PictureName.ParseDay(d.Name) is not null)
            .ToDictionary(d => d.Name, d => AttachmentsIn(d.FullName));
        foreach (var (path, name) in names)
        {
            _lastNumber[name!.Day] = name.Number;
            try
            {
                var head = _codec.ReadHead(path);
                var entry = new GalleryEntry(name.Id, head.Width, head.Height, head.Infotext);
                var attached = attachments[name.Folder][System.IO.Path.GetFileNameWithoutExtension(path)].ToArray();
                oldestFirst.Add(entry with { Attachments = attached.Select(a => a.Name).ToArray() });
                Array.ForEach(attached, a => _files[entry.AttachmentId(a.Name)] = a.Path);
                _files[name.Id] = path;
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                _warn($"The picture '{path}' is passed over ({e.Message.TrimEnd('.')}).");
            }
        }

        _newestFirst = [.. Enumerable.Reverse(oldestFirst)];
    }

    private static ILookup<string, (string Name, string Path)> AttachmentsIn(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*.png").Where(IsPlain)
            .Select(file => (Found: PictureName.ParseAttachment(file.Name), Path: file.FullName))
            .Where(file => file.Found is not null)
            .OrderBy(file => file.Found!.Value.Name, StringComparer.Ordinal)
            .ToLookup(file => file.Found!.Value.Picture, file => (file.Found!.Value.Name, file.Path));

    // A link could lead out of the data folder.
    private static bool IsPlain(FileSystemInfo entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
