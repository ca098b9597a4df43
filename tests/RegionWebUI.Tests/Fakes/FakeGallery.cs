using System.Collections.Immutable;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Fakes;

/// <summary>A gallery in a folder of its own that goes with it.</summary>
internal sealed class FakeGallery : IGallery, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("regionwebui-web-");
    private readonly Dictionary<string, IReadOnlyList<Curve>> _curves = [];
    private ImmutableList<GalleryEntry> _entries = [];

    public event Action<GalleryEntry>? Added;

    public int Listeners => Added?.GetInvocationList().Length ?? 0;

    public IReadOnlyList<GalleryEntry> Entries => _entries;

    public GalleryEntry Add(GeneratedPicture picture)
    {
        var id = $"p{_entries.Count + 1:0000}-{picture.Seed}";
        File.WriteAllBytes(PathOf(id), PngFile.Encode(picture.Picture, picture.Infotext));
        var entry = new GalleryEntry(id, picture.Picture.Width, picture.Picture.Height, picture.Infotext);
        _curves[id] = picture.Curves;
        _entries = _entries.Insert(0, entry);
        Added?.Invoke(entry);
        return entry;
    }

    public string? FindFile(string id) => _entries.Any(e => e.Id == id) ? PathOf(id) : null;

    public IReadOnlyList<Curve>? FindCurves(string id) => _curves.GetValueOrDefault(id);

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string id) => Path.Combine(_folder.FullName, $"{id}.png");
}
