using RegionWebUI.Diffusion;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Parameters;

/// <summary>One maker for each kind of parameter.</summary>
internal static class ParameterKinds
{
    public static GenerationParameter Text(
        Head head, int longest, Func<GenerationRequest, string> get, Func<GenerationRequest, string, GenerationRequest> set) =>
        Of(head, ParameterKind.Text, get, (r, v) => set(r, (string)v)) with
        {
            Maximum = longest,
        };

    public static GenerationParameter Whole(
        Head head, (long Min, long Max) range, Func<GenerationRequest, long> get, Func<GenerationRequest, long, GenerationRequest> set) =>
        Of(head, ParameterKind.Whole, r => get(r), (r, v) => set(r, (long)v)) with
        {
            Minimum = range.Min,
            Maximum = range.Max,
        };

    public static GenerationParameter Real(
        Head head,
        (double Min, double Max, double Step) range,
        Func<GenerationRequest, double?> get,
        Func<GenerationRequest, double, GenerationRequest> set) =>
        Of(head, ParameterKind.Real, r => get(r), (r, v) => set(r, (double)v)) with
        {
            Minimum = range.Min,
            Maximum = range.Max,
            Step = range.Step,
        };

    public static GenerationParameter Flag(
        Head head, Func<GenerationRequest, bool> get, Func<GenerationRequest, bool, GenerationRequest> set) =>
        Of(head, ParameterKind.Flag, r => get(r), (r, v) => set(r, (bool)v));

    public static GenerationParameter Choice(
        Head head, IReadOnlyList<string> names, Func<GenerationRequest, string> get, Func<GenerationRequest, string, GenerationRequest> set) =>
        Of(head, ParameterKind.Choice, get, (r, v) => set(r, (string)v)) with
        {
            Choices = names,
        };

    /// <summary>A choice among the values of an enum, by names as A1111 has them in place of their own.</summary>
    public static GenerationParameter Choice<T>(
        Head head, IReadOnlyList<(string Name, T Value)> values, Func<GenerationRequest, T> get, Func<GenerationRequest, T, GenerationRequest> set)
        where T : struct, Enum
    {
        string[] names = [.. values.Select(v => v.Name)];
        return Choice(
            head,
            names,
            r => values.First(v => EqualityComparer<T>.Default.Equals(v.Value, get(r))).Name,
            (r, name) => Array.FindIndex(names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index
                ? set(r, values[index].Value)
                : throw new BadInputException(head.Field, NameSuggestion.Unknown(head.Label, name, names)));
    }

    private static GenerationParameter Of(
        Head head, ParameterKind kind, Func<GenerationRequest, object?> get, Func<GenerationRequest, object, GenerationRequest> set) => new()
        {
            Field = head.Field,
            Label = head.Label,
            Kind = kind,
            Option = head.Option,
            Help = head.Help,
            InfotextKey = head.InfotextKey,
            Get = get,
            Set = set,
        };

    /// <summary>What is said of a parameter whatever its kind.</summary>
    internal sealed record Head(string Field, string Label, string Option, string Help, string? InfotextKey = null);
}
