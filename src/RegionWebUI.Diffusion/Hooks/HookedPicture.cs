using RegionWebUI.Imaging;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>A picture after the image stage.</summary>
/// <param name="Picture">The pixels.</param>
/// <param name="Notes">Infotext keys and values that hooks noted.</param>
/// <param name="Attachments">Pictures that hooks attached, by name.</param>
/// <param name="Curves">Curves that hooks gave along.</param>
internal sealed record HookedPicture(
    Image Picture,
    IReadOnlyList<KeyValuePair<string, string>> Notes,
    IReadOnlyList<KeyValuePair<string, Image>> Attachments,
    IReadOnlyList<Curve> Curves);
