namespace RegionWebUI.Host.Gallery;

/// <summary>One kept picture.</summary>
/// <param name="Id">Stable id, safe in a URL: letters, digits, '-' and '_' only.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Infotext">The parameters in its PNG; empty when there are none.</param>
public sealed record GalleryEntry(string Id, int Width, int Height, string Infotext)
{
    /// <summary>Names of the pictures that extensions attached; each is found under <see cref="AttachmentId"/>.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>The id of an attachment, for <see cref="IGallery.FindFile"/>.</summary>
    /// <param name="name">One of <see cref="Attachments"/>.</param>
    public string AttachmentId(string name) => $"{Id}_{name}";
}
