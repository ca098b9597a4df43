namespace RegionWebUI.Imaging.Resampling;

/// <summary>The weight of a pixel by its distance from the new pixel's centre. Formulas and constants are Pillow's, to the last digit.</summary>
internal static class FilterCurve
{
    // Pillow keeps these two in single precision.
    private const double HammingMean = 0.54f;
    private const double HammingSwing = 0.46f;

    private const double CubicA = -0.5;

    /// <summary>How far a filter reaches to either side, in source pixels when enlarging, in new pixels when reducing.</summary>
    public static double RadiusOf(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Box => 0.5,
        ResampleFilter.Bilinear or ResampleFilter.Hamming => 1,
        ResampleFilter.Bicubic => 2,
        ResampleFilter.Lanczos => 3,
        _ => throw Unknown(filter),
    };

    /// <summary>The weight at a distance, not normalised.</summary>
    public static double Of(ResampleFilter filter, double x) => filter switch
    {
        ResampleFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResampleFilter.Bilinear => Math.Max(0, 1 - Math.Abs(x)),
        ResampleFilter.Hamming => Hamming(Math.Abs(x)),
        ResampleFilter.Bicubic => Cubic(Math.Abs(x)),
        ResampleFilter.Lanczos => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        _ => throw Unknown(filter),
    };

    private static double Hamming(double x) =>
        x == 0 ? 1 : x >= 1 ? 0 : Math.Sin(x * Math.PI) / (x * Math.PI) * (HammingMean + (HammingSwing * Math.Cos(x * Math.PI)));

    // Keys, Cubic convolution interpolation for digital image processing (1981), Eq. (4).
    private static double Cubic(double x) =>
        x < 1 ? ((((CubicA + 2) * x) - (CubicA + 3)) * x * x) + 1
        : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * CubicA
        : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);

    private static ArgumentOutOfRangeException Unknown(ResampleFilter filter) =>
        new(nameof(filter), filter, $"There is no such filter; there are {string.Join(", ", Enum.GetNames<ResampleFilter>())}.");
}
