using System.Collections.Immutable;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>An extension's parameters in <see cref="GenerationRequest.Extensions"/>.</summary>
/// <param name="id">Id of the extension.</param>
/// <param name="set">Its parameters; null when it has none.</param>
internal sealed class RunParameters(string id, ParameterSet? set)
{
    /// <summary>What all keys of an extension's values start with.</summary>
    public static string Prefix(string id) => id + "/";

    /// <summary>The parameters as page, command line and infotext know them.</summary>
    public IReadOnlyList<GenerationParameter> ToGenerationParameters() => [.. (set?.Parameters ?? []).Select(ToGenerationParameter)];

    /// <summary>The values of one run, checked.</summary>
    /// <param name="request">The run's request.</param>
    /// <returns>All values as canonical text, and a fresh object that holds them; null when the extension has no parameters.</returns>
    /// <exception cref="BadInputException">A value is for no parameter or not legal, or the extension refuses them together.</exception>
    /// <exception cref="ExtensionRefusedException">The extension's own code threw.</exception>
    public (IReadOnlyList<KeyValuePair<string, string>> Values, object? Bound) Bind(GenerationRequest request)
    {
        var prefix = Prefix(id);
        var given = new Dictionary<string, string>();
        foreach (var (key, text) in request.Extensions.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var name = key[prefix.Length..];
            if (set?.Find(name) is null)
            {
                throw new BadInputException(InfotextKeys.ExtensionPrefix + key, set?.UnknownName(name) ?? $"The extension '{id}' has no parameters.");
            }

            given.Add(name, text);
        }

        if (set is null)
        {
            return ([], null);
        }

        var values = set.Complete(given, (p, text) => new BadInputException(Field(p.Name), p.Refusal($"{id}.{p.Name}", text)));
        var bound = set.Bind(values);
        if (BoundObject.Refusal(bound) is { } refusal)
        {
            var parameter = set.Parameters.FirstOrDefault(p => p.Property.Name == refusal.Property) ?? set.Parameters.Take(1).SingleOrDefault();
            throw new BadInputException(parameter is null ? InfotextKeys.ExtensionPrefix + id : Field(parameter.Name), refusal.Sentence);
        }

        return (values, bound);
    }

    private string Field(string name) => InfotextKeys.OfExtension(id, name);

    private GenerationParameter ToGenerationParameter(DeclaredParameter parameter) => new()
    {
        Field = Field(parameter.Name),
        Label = parameter.Declared.Label,
        Kind = parameter.Kind,
        Option = $"{id}.{parameter.Name}",
        Help = parameter.Declared.Help,
        Minimum = parameter.Minimum,
        Maximum = parameter.Kind == ParameterKind.Text ? parameter.Declared.MaxLength : parameter.Maximum,
        Step = parameter.Declared.Step,
        InfotextKey = Field(parameter.Name),
        Lines = parameter.Declared.Lines,
        Choices = parameter.Choices,
        Get = request => Get(request, parameter),
        Set = (request, value) => Set(request, parameter, value),
    };

    private object Get(GenerationRequest request, DeclaredParameter parameter)
    {
        // A value that cannot be shown is still refused when the request is judged.
        var text = request.Extensions.GetValueOrDefault(Prefix(id) + parameter.Name, parameter.Default);
        var value = parameter.TryParse(text, out var given) || parameter.TryParse(parameter.Default, out given) ? given : "";
        return value switch
        {
            int whole => (long)whole,
            Enum choice => choice.ToString(),
            _ => value,
        };
    }

    private GenerationRequest Set(GenerationRequest request, DeclaredParameter parameter, object value)
    {
        var text = DeclaredParameter.Format(value);
        text = parameter.TryParse(text, out var legal) ? DeclaredParameter.Format(legal) : text;
        var values = request.Extensions.ToImmutableSortedDictionary(StringComparer.Ordinal);
        var key = Prefix(id) + parameter.Name;
        return request with { Extensions = text == CanonicalDefault(parameter) ? values.Remove(key) : values.SetItem(key, text) };
    }

    private static string CanonicalDefault(DeclaredParameter parameter) =>
        parameter.TryParse(parameter.Default, out var value) ? DeclaredParameter.Format(value) : parameter.Default;
}
