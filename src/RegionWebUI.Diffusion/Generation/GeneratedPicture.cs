using RegionWebUI.Imaging;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>One finished picture.</summary>
/// <param name="Picture">The pixels.</param>
/// <param name="Seed">Its own seed.</param>
/// <param name="Infotext">Its parameters in A1111's text form, as written into the PNG.</param>
public sealed record GeneratedPicture(Image Picture, long Seed, string Infotext);
