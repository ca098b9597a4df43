using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Host.Gallery;

/// <summary>The pictures in the data folder. They are there again after a restart; a picture is listed only when its file is whole.</summary>
public interface IGallery
{
    /// <summary>Raised after a picture was added.</summary>
    event Action<GalleryEntry>? Added;

    /// <summary>Newest first.</summary>
    IReadOnlyList<GalleryEntry> Entries { get; }

    /// <summary>Keeps a picture: its file is whole and flushed before the call returns.</summary>
    GalleryEntry Add(GeneratedPicture picture);

    /// <summary>The PNG file's path, or null when the id is unknown.</summary>
    string? FindFile(string id);
}
