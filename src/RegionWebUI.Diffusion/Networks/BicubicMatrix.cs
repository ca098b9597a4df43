using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>
/// PyTorch's <c>interpolate(mode="bicubic", align_corners=False)</c> of one axis as a matrix [to, from]: Keys (1981) with a = -0.75, the
/// ends repeated, no smoothing when it shrinks.
/// </summary>
internal static class BicubicMatrix
{
    private const double A = -0.75;

    /// <summary>The matrix.</summary>
    /// <param name="from">Entries there are, at least 1.</param>
    /// <param name="to">Entries wanted, at least 1.</param>
    public static (int Rows, int Columns, ImmutableArray<float> Entries) Of(int from, int to)
    {
        var matrix = new float[to * from];
        for (var i = 0; i < to; i++)
        {
            var at = ((i + 0.5) * from / to) - 0.5;
            var left = (int)Math.Floor(at);
            for (var tap = left - 1; tap <= left + 2; tap++)
            {
                matrix[(i * from) + Math.Clamp(tap, 0, from - 1)] += (float)Weight(Math.Abs(at - tap));
            }
        }

        return (to, from, [.. matrix]);
    }

    // Keys, "Cubic convolution interpolation for digital image processing" (1981), Eq. (15).
    private static double Weight(double d) => d <= 1
        ? ((((A + 2) * d) - (A + 3)) * d * d) + 1
        : (((A * d) - (5 * A)) * d * d) + (8 * A * d) - (4 * A);
}
