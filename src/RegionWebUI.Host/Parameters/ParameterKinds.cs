using RegionWebUI.Diffusion;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Parameters;

/// <summary>One maker for each kind of parameter.</summary>
internal static class ParameterKinds
{
    public static GenerationParameter Text(
        Head head, int longest, Func<GenerationRequest, string> get, Func<GenerationRequest, string, GenerationRequest> set) => new()
        {
            Field = head.Field,
            Label = head.Label,
            Kind = ParameterKind.Text,
            Option = head.Option,
            Help = head.Help,
            InfotextKey = head.InfotextKey,
            Maximum = longest,
            Get = get,
            Set = (r, v) => set(r, (string)v),
        };

    public static GenerationParameter Whole(
        Head head, (long Min, long Max) range, Func<GenerationRequest, long> get, Func<GenerationRequest, long, GenerationRequest> set) => new()
        {
            Field = head.Field,
            Label = head.Label,
            Kind = ParameterKind.Whole,
            Option = head.Option,
            Help = head.Help,
            InfotextKey = head.InfotextKey,
            Minimum = range.Min,
            Maximum = range.Max,
            Get = r => get(r),
            Set = (r, v) => set(r, (long)v),
        };

    public static GenerationParameter Real(
        Head head,
        (double Min, double Max, double Step) range,
        Func<GenerationRequest, double?> get,
        Func<GenerationRequest, double, GenerationRequest> set) => new()
        {
            Field = head.Field,
            Label = head.Label,
            Kind = ParameterKind.Real,
            Option = head.Option,
            Help = head.Help,
            InfotextKey = head.InfotextKey,
            Minimum = range.Min,
            Maximum = range.Max,
            Step = range.Step,
            Get = r => get(r),
            Set = (r, v) => set(r, (double)v),
        };

    public static GenerationParameter Flag(
        Head head, Func<GenerationRequest, bool> get, Func<GenerationRequest, bool, GenerationRequest> set) => new()
        {
            Field = head.Field,
            Label = head.Label,
            Kind = ParameterKind.Flag,
            Option = head.Option,
            Help = head.Help,
            InfotextKey = head.InfotextKey,
            Get = r => get(r),
            Set = (r, v) => set(r, (bool)v),
        };

    public static GenerationParameter Choice(
        Head head, IReadOnlyList<string> names, Func<GenerationRequest, string> get, Func<GenerationRequest, string, GenerationRequest> set) => new()
        {
            Field = head.Field,
            Label = head.Label,
            Kind = ParameterKind.Choice,
            Option = head.Option,
            Help = head.Help,
            InfotextKey = head.InfotextKey,
            Choices = names,
            Get = get,
            Set = (r, v) => set(r, (string)v),
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

    /// <summary>What is said of a parameter whatever its kind.</summary>
    internal sealed record Head(string Field, string Label, string Option, string Help, string? InfotextKey = null);
}
