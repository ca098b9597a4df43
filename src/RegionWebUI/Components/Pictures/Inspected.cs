using RegionWebUI.Components.TextToImage;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Components.Pictures;

/// <summary>A picture file as it was looked into.</summary>
/// <param name="Info">What it says of itself.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Picture">Its pixels, ready to start from.</param>
/// <param name="Preview">Address of the copy that is shown.</param>
internal sealed record Inspected(PictureInfo Info, long Bytes, Chosen<Image> Picture, string Preview);
