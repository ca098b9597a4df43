using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Gallery;

/// <summary>The pictures in the data folder. They are there again after a restart; a picture is listed only when its file is whole.</summary>
public interface IGallery
{
    /// <summary>Raised after a picture was added, from the thread that added it; a listener that throws harms nobody else.</summary>
    event Action<GalleryEntry>? Added;

    /// <summary>Newest first, as they are now; the list itself never changes. Never waits for a picture that is being written.</summary>
    IReadOnlyList<GalleryEntry> Entries { get; }

    /// <summary>Keeps a picture, what is attached to it and its curves: their files are whole and flushed before the call returns.</summary>
    GalleryEntry Add(GeneratedPicture picture);

    /// <summary>The PNG file's path of a picture or an attachment, or null when the id is unknown.</summary>
    string? FindFile(string id);

    /// <summary>The curves of a picture; none when their file is damaged, null when the id is unknown.</summary>
    IReadOnlyList<Curve>? FindCurves(string id);
}
