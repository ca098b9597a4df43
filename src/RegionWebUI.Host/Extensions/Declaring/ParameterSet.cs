using System.Reflection;
using RegionWebUI.Diffusion;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>The parameters of a class of an extension, and how objects of it are made from text.</summary>
/// <param name="type">The class.</param>
/// <param name="create">Makes a fresh object; the extension's code.</param>
/// <param name="parameters">Its parameters, names unique letter case aside.</param>
internal sealed class ParameterSet(Type type, Func<object> create, IReadOnlyList<DeclaredParameter> parameters)
{
    /// <summary>Its parameters in the order of their declaration.</summary>
    public IReadOnlyList<DeclaredParameter> Parameters => parameters;

    /// <summary>The parameter of a name; null when there is none.</summary>
    public DeclaredParameter? Find(string name) => parameters.FirstOrDefault(p => p.Name == name);

    /// <summary>The same parameters with other defaults.</summary>
    /// <param name="defaults">Values as text, by name.</param>
    /// <exception cref="ExtensionRefusedException">There is no parameter of a name, or a value is not legal.</exception>
    public ParameterSet WithDefaults(IReadOnlyDictionary<string, string> defaults)
    {
        foreach (var (name, text) in defaults)
        {
            if (Find(name) is not { } parameter)
            {
                throw new ExtensionRefusedException($"\"parameters\" of the manifest: {UnknownName(name)}");
            }

            if (!parameter.TryParse(text, out _))
            {
                throw new ExtensionRefusedException($"\"parameters\" of the manifest: {parameter.Refusal(name, text)}");
            }
        }

        var changed = parameters.Select(p => defaults.TryGetValue(p.Name, out var text) ? p with { Default = text } : p);
        return new ParameterSet(type, create, [.. changed]);
    }

    /// <summary>The sentence for a name that no parameter has.</summary>
    public string UnknownName(string name) => parameters.Count == 0
        ? $"There is no parameter '{ErrorText.Line(NameSuggestion.Shortened(name))}'; the extension has none."
        : ErrorText.Line(NameSuggestion.Unknown("parameter", name, [.. parameters.Select(p => p.Name)]));

    /// <summary>The values of all parameters in canonical form.</summary>
    /// <param name="given">Values as text, by name; every one of a parameter that exists.</param>
    /// <param name="refuse">Makes the refusal of a value that is not legal.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Complete(
        IReadOnlyDictionary<string, string> given, Func<DeclaredParameter, string, BadInputException> refuse) =>
        [.. parameters.Select(p =>
        {
            var text = given.GetValueOrDefault(p.Name, p.Default);
            return KeyValuePair.Create(p.Name, p.TryParse(text, out var value) ? DeclaredParameter.Format(value) : throw refuse(p, text));
        })];

    /// <summary>A fresh object with all values set.</summary>
    /// <param name="values">Legal values of all parameters.</param>
    /// <exception cref="ExtensionRefusedException">The extension's own code threw or gave null.</exception>
    public object Bind(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var bound = ExtensionCode.Call($"the constructor of {type.Name}", create);
        foreach (var (name, text) in values)
        {
            var parameter = Find(name)!;
            if (!parameter.TryParse(text, out var value))
            {
                throw new ArgumentException($"'{text}' is no value of {name}.", nameof(values));
            }

            ExtensionCode.Call(
                $"the setter of {type.Name}.{parameter.Property.Name}",
                () => parameter.Property.SetValue(bound, value, BindingFlags.DoNotWrapExceptions, null, null, null));
        }

        return bound;
    }
}
