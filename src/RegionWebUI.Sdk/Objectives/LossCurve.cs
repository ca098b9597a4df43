using RegionWebUI.Imaging;

namespace RegionWebUI.Sdk.Objectives;

/// <summary>
/// The loss over the guided steps as a small picture: dark on white, the greatest at the top. <see cref="Hooks.ImageContext.Curve"/> gives the
/// numbers themselves, which the page draws.
/// </summary>
public static class LossCurve
{
    private const int Width = 256;
    private const int Height = 96;

    /// <summary>Draws it, 256 x 96 pixels.</summary>
    /// <param name="losses">Finite, at least one.</param>
    public static Image Draw(IReadOnlyList<double> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentOutOfRangeException.ThrowIfZero(losses.Count, nameof(losses));
        var rgb = Enumerable.Repeat((byte)255, Width * Height * 3).ToArray();
        var (low, high) = (losses.Min(), losses.Max());
        var before = Row(losses[0]);
        for (var x = 0; x < Width; x++)
        {
            var at = (double)x / (Width - 1) * (losses.Count - 1);
            var (left, right) = (losses[(int)at], losses[Math.Min((int)at + 1, losses.Count - 1)]);
            var now = Row(left + ((right - left) * (at - (int)at)));
            for (var y = Math.Min(before, now) - 1; y <= Math.Max(before, now) + 1; y++)
            {
                rgb.AsSpan(((y * Width) + x) * 3, 3).Fill(40);
            }

            before = now;
        }

        return new Image(Width, Height, rgb);

        int Row(double loss) => 8 + (high > low ? (int)((high - loss) / (high - low) * (Height - 16)) : 0);
    }
}
