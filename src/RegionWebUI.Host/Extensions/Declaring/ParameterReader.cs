using System.Reflection;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>Reads the annotated properties of a class.</summary>
internal static class ParameterReader
{
    private const int MostParameters = 100;
    private const int LongestName = 40;
    private const int LongestLabel = 60;
    private const int LongestHelp = 400;
    private const int MostLines = 40;
    private const int LongestText = 32_768;

    /// <summary>Reads them in the order of their declaration.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <exception cref="ExtensionDeclarationException">One of them cannot be a parameter; the sentence names it.</exception>
    /// <exception cref="ExtensionRefusedException">The class's own code threw.</exception>
    public static ParameterSet Read<T>()
        where T : class, new()
    {
        var type = typeof(T);
        var fresh = ExtensionCode.Call($"the constructor of {type.Name}", () => new T());
        var parameters = type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            .Select(p => (Property: p, Declared: p.GetCustomAttribute<RunParameterAttribute>()))
            .Where(p => p.Declared is not null)
            .Select(p => Read(p.Property, p.Declared!, fresh))
            .ToList();
        if (parameters.Count > MostParameters)
        {
            throw new ExtensionDeclarationException($"{type.Name} has {parameters.Count} parameters; {MostParameters} are the most.");
        }

        var doubled = parameters.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return doubled is null
            ? new ParameterSet(type, () => new T(), parameters)
            : throw new ExtensionDeclarationException($"{type.Name} has two parameters named '{doubled.Key}', letter case aside.");
    }

    private static DeclaredParameter Read(PropertyInfo property, RunParameterAttribute declared, object fresh)
    {
        var where = $"{property.DeclaringType?.Name}.{property.Name}";
        CheckShape(property, where);
        CheckWords(declared, where);
        var parameter = Ranged(property, declared, where);
        var value = ExtensionCode.Call($"the getter of {where}", () => property.GetValue(fresh, BindingFlags.DoNotWrapExceptions, null, null, null))
            ?? throw new ExtensionDeclarationException($"{where} is null in a new object; a parameter needs a default.");
        var text = DeclaredParameter.Format(value);
        return parameter.TryParse(text, out _)
            ? parameter with { Default = text }
            : throw new ExtensionDeclarationException(
                $"the default of {where} must be {parameter.Legal}, not '{NameSuggestion.Shortened(text)}'.");
    }

    private static void CheckShape(PropertyInfo property, string where)
    {
        if (property.GetMethod is not { IsPublic: true, IsStatic: false } || property.SetMethod is not { IsPublic: true }
            || property.GetIndexParameters().Length > 0)
        {
            throw new ExtensionDeclarationException($"{where} must be a public property with a public getter and setter to be a parameter.");
        }

        if (property.Name.Length > LongestName || !char.IsAsciiLetter(property.Name[0]) || !property.Name.All(char.IsAsciiLetterOrDigit))
        {
            throw new ExtensionDeclarationException($"{where}: a parameter's name has 1..{LongestName} letters a..z and digits, from a letter on.");
        }
    }

    private static void CheckWords(RunParameterAttribute declared, string where)
    {
        Words(declared.Label, 1, LongestLabel, $"the label of {where}");
        Words(declared.Help, 0, LongestHelp, $"the help of {where}");
        if (!(declared.Step > 0 && double.IsFinite(declared.Step)))
        {
            throw new ExtensionDeclarationException($"the step of {where} must be a number more than 0, not {declared.Step}.");
        }

        if (declared.Lines is < 1 or > MostLines)
        {
            throw new ExtensionDeclarationException($"the lines of {where} must be 1..{MostLines}, not {declared.Lines}.");
        }

        if (declared.MaxLength is < 1 or > LongestText)
        {
            throw new ExtensionDeclarationException($"the greatest length of {where} must be 1..{LongestText}, not {declared.MaxLength}.");
        }
    }

    /// <summary>Refuses words that a page or a help text cannot show.</summary>
    /// <exception cref="ExtensionDeclarationException">They are missing, too long, or on several lines.</exception>
    public static void Words(string? words, int least, int most, string what)
    {
        if (words is null || words.Trim().Length < least || words.Length > most || words.Any(char.IsControl))
        {
            throw new ExtensionDeclarationException($"{what} must have {least}..{most} characters on one line.");
        }
    }

    private static DeclaredParameter Ranged(PropertyInfo property, RunParameterAttribute declared, string where)
    {
        var type = property.PropertyType;
        var parameter = new DeclaredParameter
        {
            Name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
            Property = property,
            Declared = declared,
            Kind = type switch
            {
                _ when type == typeof(string) => ParameterKind.Text,
                _ when type == typeof(bool) => ParameterKind.Flag,
                _ when type == typeof(int) || type == typeof(long) => ParameterKind.Whole,
                _ when type == typeof(double) => ParameterKind.Real,
                { IsEnum: true } => ParameterKind.Choice,
                _ => throw new ExtensionDeclarationException(
                    $"{where} is of type {type.Name}; a parameter is a string, bool, int, long, double or enum."),
            },
            Choices = type.IsEnum ? Enum.GetNames(type) : [],
        };
        var (least, most) = parameter.Kind switch
        {
            ParameterKind.Whole when type == typeof(int) => (int.MinValue, int.MaxValue),
            ParameterKind.Whole => (long.MinValue, (double)long.MaxValue),
            _ => (double.MinValue, double.MaxValue),
        };
        if (!(declared.Minimum <= declared.Maximum && declared.Minimum <= most && declared.Maximum >= least))
        {
            throw new ExtensionDeclarationException($"the range of {where} holds no value: {declared.Minimum} to {declared.Maximum}.");
        }

        return parameter.Kind is ParameterKind.Whole or ParameterKind.Real
            ? parameter with { Minimum = Math.Max(declared.Minimum, least), Maximum = Math.Min(declared.Maximum, most) }
            : parameter;
    }
}
