using RegionWebUI.Host.Parameters;

namespace RegionWebUI.Api;

/// <summary>A parameter of an extension as the API shows it.</summary>
/// <param name="Name">Its name below the extension's id in a job's <c>extensions</c>.</param>
/// <param name="Label">Name as people read it.</param>
/// <param name="Kind">text, whole, real, choice or flag.</param>
/// <param name="Help">What it does.</param>
/// <param name="Default">The value that holds when it is left out.</param>
/// <param name="Minimum">Smallest legal number; null for what is none or has no bound.</param>
/// <param name="Maximum">Largest legal number or most characters; null where there is no bound.</param>
/// <param name="Choices">Legal names of a choice.</param>
internal sealed record ParameterView(
    string Name, string Label, string Kind, string Help, object? Default, double? Minimum, double? Maximum, IReadOnlyList<string> Choices)
{
    /// <summary>The view of a parameter.</summary>
    internal static ParameterView Of(GenerationParameter parameter)
    {
        var isNumber = parameter.Kind is ParameterKind.Whole or ParameterKind.Real;
        return new ParameterView(
            parameter.Field[(parameter.Field.LastIndexOf('/') + 1)..],
            parameter.Label,
            ApiJson.Name(parameter.Kind.ToString()),
            parameter.Help,
            parameter.Default,
            isNumber ? Finite(parameter.Minimum) : null,
            isNumber || parameter.Kind == ParameterKind.Text ? Finite(parameter.Maximum) : null,
            parameter.Choices);
    }

    private static double? Finite(double bound) => double.IsFinite(bound) ? bound : null;
}
