using System.Globalization;
using System.Reflection;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>A property with <see cref="RunParameterAttribute"/>: how its value becomes text and text its value.</summary>
internal sealed record DeclaredParameter
{
    /// <summary>The property's name with a small first letter.</summary>
    public required string Name { get; init; }

    /// <summary>The property.</summary>
    public required PropertyInfo Property { get; init; }

    /// <summary>What the author says of it.</summary>
    public required RunParameterAttribute Declared { get; init; }

    /// <summary>What the value is.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>Smallest legal number within the property's type; 0 for what is no number.</summary>
    public double Minimum { get; init; }

    /// <summary>Largest legal number within the property's type; 0 for what is no number.</summary>
    public double Maximum { get; init; }

    /// <summary>Legal names of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The value that holds when none is given, as text.</summary>
    public string Default { get; init; } = "";

    /// <summary>What is legal, as the end of a sentence: "a whole number from 1 to 8".</summary>
    public string Legal => Kind switch
    {
        ParameterKind.Text => $"a text of at most {Declared.MaxLength} characters",
        ParameterKind.Flag => "true or false",
        ParameterKind.Choice => $"one of {string.Join(", ", Choices)}",
        ParameterKind.Whole => $"a whole number {Range}",
        _ => $"a number {Range}",
    };

    private string Range => string.Create(CultureInfo.InvariantCulture, $"from {Minimum} to {Maximum}");

    /// <summary>Reads a value.</summary>
    /// <param name="text">A number in invariant form, true or false, the name of a choice in any letter case, or a text.</param>
    /// <param name="value">Of the property's type.</param>
    /// <returns>False when the text is no legal value.</returns>
    public bool TryParse(string? text, out object value)
    {
        value = "";
        object? parsed = Kind switch
        {
            _ when text is null => null,
            ParameterKind.Text => text.Length <= Declared.MaxLength ? text : null,
            ParameterKind.Flag => bool.TryParse(text, out var flag) ? flag : null,
            ParameterKind.Choice => Choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
                ? Enum.Parse(Property.PropertyType, name) : null,
            ParameterKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                && IsInRange(whole) ? Narrowed(whole) : null,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && IsInRange(real) ? real : null,
        };
        value = parsed ?? value;
        return parsed is not null;
    }

    /// <summary>The text of a value of the property's type, whether it is legal or not.</summary>
    public static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum choice => choice.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    /// <summary>The sentence for a value that is not legal.</summary>
    /// <param name="address">How the value is given: "rdm.steps".</param>
    /// <param name="text">The value.</param>
    public string Refusal(string address, string? text) =>
        $"{Declared.Label} ({address}) must be {Legal}, not '{ErrorText.Line(NameSuggestion.Shortened(text ?? ""))}'.";

    /// <summary>Whether a number is finite and in the range.</summary>
    public bool IsInRange(double value) => value >= Minimum && value <= Maximum;

    private object Narrowed(long value) => Convert.ChangeType(value, Property.PropertyType, CultureInfo.InvariantCulture);
}
