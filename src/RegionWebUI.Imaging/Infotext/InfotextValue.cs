using System.Globalization;
using System.Numerics;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>
/// A value in an infotext, printed as Python prints it: an integer without, a float always with a point or an exponent
/// (<c>7</c>, <c>7.0</c>, <c>1e-05</c>), a truth value as <c>True</c> or <c>False</c>. The default value is the empty text.
/// </summary>
public readonly record struct InfotextValue
{
    private readonly string? _text;

    private InfotextValue(string text, bool isText) => (_text, IsText) = (text, isText);

    /// <summary>Whether this was made from a text; only a text can equal its key, which is then printed alone.</summary>
    internal bool IsText { get; }

    /// <summary>Takes a text as it is.</summary>
    public static implicit operator InfotextValue(string text) => FromText(text);

    /// <summary>Takes an integer.</summary>
    public static implicit operator InfotextValue(int number) => FromInteger(number);

    /// <summary>Takes an integer.</summary>
    public static implicit operator InfotextValue(long number) => FromInteger(number);

    /// <summary>Takes an integer.</summary>
    public static implicit operator InfotextValue(ulong number) => FromInteger(number);

    /// <summary>Takes an integer of any size.</summary>
    public static implicit operator InfotextValue(BigInteger number) => FromInteger(number);

    /// <summary>Takes a float; infinities and NaN print as <c>inf</c> and <c>nan</c>.</summary>
    public static implicit operator InfotextValue(double number) => FromFloat(number);

    /// <summary>Takes a single-precision float and prints its own shortest digits: 0.1f as <c>0.1</c>.</summary>
    public static implicit operator InfotextValue(float number) =>
        FromFloat(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>Takes a truth value.</summary>
    public static implicit operator InfotextValue(bool value) => FromBoolean(value);

    /// <summary>Takes a text as it is.</summary>
    public static InfotextValue FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new InfotextValue(text, isText: true);
    }

    /// <summary>Takes an integer of any size.</summary>
    public static InfotextValue FromInteger(BigInteger number) => new(PythonNumber.Format(number), isText: false);

    /// <summary>Takes a float; infinities and NaN print as <c>inf</c> and <c>nan</c>.</summary>
    public static InfotextValue FromFloat(double number) => new(PythonNumber.Format(number), isText: false);

    /// <summary>Takes a truth value.</summary>
    public static InfotextValue FromBoolean(bool value) => new(value ? "True" : "False", isText: false);

    /// <summary>The value of one picture of a batch.</summary>
    /// <param name="perImage">One value for each picture; null leaves the key out.</param>
    /// <param name="index">The picture, from 0.</param>
    /// <returns>Its value; null, which leaves the key out, when the list is too short.</returns>
    internal static InfotextValue? OfImage(IReadOnlyList<InfotextValue?> perImage, int index)
    {
        ArgumentNullException.ThrowIfNull(perImage);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return index < perImage.Count ? perImage[index] : null;
    }

    /// <summary>The value as it is printed, before quoting.</summary>
    public override string ToString() => _text ?? "";
}
