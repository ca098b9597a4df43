using RegionWebUI.Imaging;

namespace RegionWebUI.Sdk;

/// <summary>One finished picture.</summary>
/// <param name="Picture">The pixels.</param>
/// <param name="Seed">Its own seed.</param>
/// <param name="Infotext">Its parameters in A1111's text form, as written into the PNG.</param>
public sealed record GeneratedPicture(Image Picture, long Seed, string Infotext)
{
    /// <summary>Pictures that extensions attached to it, by name: masks, maps, a source. Empty for most runs.</summary>
    public IReadOnlyList<KeyValuePair<string, Image>> Attachments { get; init; } = [];

    /// <summary>Curves that extensions gave along. Empty for most runs.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];
}
