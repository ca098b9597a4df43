using System.Globalization;
using RegionWebUI.Sdk;

namespace RegionWebUI.Pictures;

/// <summary>Curves in words.</summary>
internal static class CurveText
{
    /// <summary>How it begins and ends: "20 values, 0.412 to 0.277".</summary>
    internal static string Course(Curve curve) =>
        $"{Count(curve)}, {Number(curve.Values[0])} to {Number(curve.Values[^1])}";

    /// <summary>All that its drawing shows, for people who do not see it.</summary>
    internal static string Spoken(Curve curve) =>
        $"{curve.Name}: {Count(curve)}, first {Number(curve.Values[0])}, last {Number(curve.Values[^1])}, "
        + $"lowest {Number(curve.Values.Min())}, highest {Number(curve.Values.Max())}";

    /// <summary>A value, four digits of it.</summary>
    internal static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Count(Curve curve) => curve.Values.Count == 1
        ? "1 value"
        : string.Create(CultureInfo.InvariantCulture, $"{curve.Values.Count:N0} values");
}
