using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Parameters;

/// <summary>Sets parameters from an infotext's texts, legal values only.</summary>
/// <param name="parameters">The parameters there are.</param>
/// <param name="validator">Judges the program's own values.</param>
internal sealed class ParameterSetter(IReadOnlyList<GenerationParameter> parameters, RequestValidator validator)
{
    /// <summary>The request with the value of a key; null when no parameter has the key, or the text is no legal value of it.</summary>
    public GenerationRequest? Key(GenerationRequest request, string key, string value) =>
        Set(request, parameters.FirstOrDefault(p => (p.InfotextKey ?? ExtensionKey(p)) == key), value);

    /// <summary>The request with the value of one of the program's own parameters; null when there is none, or the value is not legal.</summary>
    public GenerationRequest? Field(GenerationRequest request, string field, string value) =>
        Set(request, parameters.FirstOrDefault(p => p.Field == field), value);

    private GenerationRequest? Set(GenerationRequest request, GenerationParameter? parameter, string value)
    {
        try
        {
            return parameter?.Parse(request, AsTyped(parameter, value)) is { } next && IsLegal(parameter, next) ? next : null;
        }
        catch (BadInputException)
        {
            // The text is no value of the parameter's kind; the caller lists the key.
            return null;
        }
    }

    // A1111 reads whole numbers as floats, and other programs write them so: "20.0".
    private static string AsTyped(GenerationParameter parameter, string value) =>
        parameter.Kind == ParameterKind.Whole && value.Contains('.', StringComparison.Ordinal)
            && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number
                ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)
                : value;

    private bool IsLegal(GenerationParameter parameter, GenerationRequest request)
    {
        if (parameter.Get(request) is not { } value)
        {
            return false;
        }

        if (ExtensionKey(parameter) is null)
        {
            return IsInRange(parameter, value) && validator.Validate(parameter.Set(new GenerationRequest(), value)).Count == 0;
        }

        return parameter.Kind switch
        {
            ParameterKind.Choice => parameter.Choices.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase),
            ParameterKind.Text => (value.ToString() ?? "").Length <= parameter.Maximum,
            _ => IsInRange(parameter, value),
        };
    }

    private static bool IsInRange(GenerationParameter parameter, object value) =>
        parameter.Kind is not (ParameterKind.Whole or ParameterKind.Real)
        || (Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number >= parameter.Minimum && number <= parameter.Maximum);

    private static string? ExtensionKey(GenerationParameter parameter) =>
        parameter.Field.StartsWith(InfotextKeys.ExtensionPrefix, StringComparison.Ordinal) ? parameter.Field : null;
}
