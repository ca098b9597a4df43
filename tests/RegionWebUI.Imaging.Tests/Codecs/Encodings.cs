using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>One of each way to write a picture.</summary>
internal static class Encodings
{
    public static IReadOnlyList<PictureEncoding> All { get; } =
        [PictureEncoding.Png, PictureEncoding.Jpeg(), PictureEncoding.Webp(), PictureEncoding.WebpLossless];
}
