using System.Text;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions.Declaring;

/// <summary>Makes a verb of the command line from a class of options.</summary>
internal static class CommandBuilder
{
    /// <summary>Makes it.</summary>
    /// <param name="id">Id of the extension.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="set">The options.</param>
    /// <param name="run">The extension's work.</param>
    /// <exception cref="ExtensionDeclarationException">Two options have one name.</exception>
    public static ExtensionCommand Build<TOptions>(
        string id, string verb, string help, ParameterSet set, Func<TOptions, IEngine, CancellationToken, Task<int>> run)
        where TOptions : class, new()
    {
        var byOption = new Dictionary<string, DeclaredParameter>(StringComparer.Ordinal);
        foreach (var parameter in set.Parameters)
        {
            if (!byOption.TryAdd(OptionName(parameter.Property.Name), parameter))
            {
                throw new ExtensionDeclarationException($"the verb '{verb}' has two options '--{OptionName(parameter.Property.Name)}'.");
            }
        }

        var options = byOption.Select(o => new ExtensionOption(o.Key, o.Value.Declared.Label, Help(o.Value), o.Value.Kind == ParameterKind.Flag));
        return new ExtensionCommand(id, verb, help, [.. options], (texts, engine, cancellation) =>
            run((TOptions)Bind(verb, set, byOption, texts), engine, cancellation)
            ?? throw new InvalidOperationException($"The verb '{verb}' of the extension '{id}' returned null in place of a task."));
    }

    /// <summary>"FooBar2" as "foo-bar2".</summary>
    public static string OptionName(string property)
    {
        var name = new StringBuilder();
        for (var i = 0; i < property.Length; i++)
        {
            var starts = i > 0 && char.IsAsciiLetterUpper(property[i])
                && (!char.IsAsciiLetterUpper(property[i - 1]) || i + 1 < property.Length && char.IsAsciiLetterLower(property[i + 1]));
            name.Append(starts ? "-" : "").Append(char.ToLowerInvariant(property[i]));
        }

        return name.ToString();
    }

    private static string Help(DeclaredParameter parameter)
    {
        var words = parameter.Declared.Help.Length > 0 ? parameter.Declared.Help.TrimEnd('.') : parameter.Declared.Label;
        var unless = parameter.Default.Length > 0 ? $"; {ErrorText.Line(parameter.Default)} when it is left out" : "";
        return parameter.Kind == ParameterKind.Flag ? $"{words}." : $"{words}: {parameter.Legal}{unless}.";
    }

    private static object Bind(
        string verb, ParameterSet set, Dictionary<string, DeclaredParameter> byOption, IReadOnlyDictionary<string, string> texts)
    {
        var given = new Dictionary<string, string>();
        foreach (var (option, text) in texts)
        {
            var parameter = byOption.GetValueOrDefault(option) ?? throw new BadInputException(option, byOption.Count == 0
                ? $"'{verb}' has no option '--{NameSuggestion.Shortened(option)}'; it has none at all."
                : NameSuggestion.Unknown($"option of '{verb}'", option, [.. byOption.Keys]));
            given.Add(parameter.Name, text);
        }

        var values = set.Complete(given, (p, text) =>
        {
            var option = OptionName(p.Property.Name);
            return new BadInputException(option, p.Refusal($"--{option}", text));
        });
        var bound = set.Bind(values);
        return BoundObject.Refusal(bound) is { } refusal ? throw new BadInputException(OptionName(refusal.Property), refusal.Sentence) : bound;
    }
}
