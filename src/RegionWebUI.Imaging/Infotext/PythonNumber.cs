using System.Globalization;
using System.Numerics;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>
/// Prints numbers as Python's <c>str</c> does, so that infotexts are equal to A1111's: the shortest digits that read back to the same
/// double, always with a point or an exponent; plain notation from 1e-4 up to below 1e16.
/// </summary>
internal static class PythonNumber
{
    public static string Format(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Format(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
        {
            return sign + "0.0";
        }

        var (digits, exponent) = Shortest(Math.Abs(value));
        return sign + (exponent is >= -4 and < 16 ? Plain(digits, exponent) : Scientific(digits, exponent));
    }

    /// <summary>The significant digits without trailing zeros, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);

        // .NET gives one digit too few for some powers of two (2^-25), where the doubles below lie closer than those above.
        if (double.Parse(text, CultureInfo.InvariantCulture) != value)
        {
            text = value.ToString("E16", CultureInfo.InvariantCulture);
        }

        var (mantissa, shift) = text.IndexOf('E', StringComparison.Ordinal) is >= 0 and var e
            ? (text[..e], int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : (text, 0);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : mantissa.Length;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        return (significant.TrimEnd('0'), shift + point - 1 - (all.Length - significant.Length));
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var whole = exponent + 1;
        return digits.Length > whole
            ? digits[..whole] + "." + digits[whole..]
            : digits.PadRight(whole, '0') + ".0";
    }

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        var sign = exponent < 0 ? '-' : '+';
        return $"{digits[0]}{fraction}e{sign}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }
}
