using RegionWebUI.Imaging;
using RegionWebUI.Sdk;

namespace RegionalPrompts;

/// <summary>One region of a picture.</summary>
/// <param name="Crop">The cells it is drawn in: its own, and those it shares with its neighbours.</param>
/// <param name="Weight">Its share of each of these cells.</param>
internal sealed record Region(Box Crop, Mask Weight)
{
    /// <summary>The same region with less to say.</summary>
    /// <param name="factor">0..1.</param>
    public Region Times(double factor) =>
        this with { Weight = Mask.Of(Weight.Width, Weight.Height, (x, y) => (float)(factor * Weight[x, y])) };
}
