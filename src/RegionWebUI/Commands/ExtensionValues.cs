using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary>Values of extensions' parameters as the command line gives them: <c>--ext ID.NAME=VALUE</c>.</summary>
internal static class ExtensionValues
{
    /// <summary>The option.</summary>
    public const string Option = "--ext";

    private const string Form = "ID.NAME=VALUE";

    /// <summary>Sets values in a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="given">What was typed behind each --ext.</param>
    /// <param name="entries">The extensions there are.</param>
    /// <exception cref="BadInputException">
    /// A value is not of the form, is given twice, is for an extension that is not on or a parameter it has not, or cannot be one.
    /// </exception>
    public static GenerationRequest Apply(GenerationRequest request, IReadOnlyList<string> given, IReadOnlyList<ExtensionEntry> entries)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var (id, name, value) = Split(text);
            var parameter = Find(entries, id, name);
            if (!seen.Add(parameter.Field))
            {
                throw new BadInputException(parameter.Field, $"{Option} {parameter.Option} is given twice.");
            }

            request = parameter.Parse(request, value);
        }

        return request;
    }

    /// <summary>The extension of an id.</summary>
    /// <exception cref="BadInputException">There is none; the sentence says which is nearest.</exception>
    public static ExtensionEntry Find(IReadOnlyList<ExtensionEntry> entries, string id) =>
        entries.FirstOrDefault(e => e.Id == id)
        ?? throw new BadInputException("Id", entries.Count == 0
            ? $"There is no extension '{NameSuggestion.Shortened(id)}'; no extension was found at all."
            : NameSuggestion.Unknown("extension", id, [.. entries.Select(e => e.Id)]));

    private static GenerationParameter Find(IReadOnlyList<ExtensionEntry> entries, string id, string name)
    {
        var entry = Find(entries, id);
        if (entry.State != ExtensionState.On)
        {
            throw new BadInputException(InfotextKeys.OfExtension(id, name), entry.State == ExtensionState.Off
                ? $"The extension '{id}' is off; switch it on with 'extension enable {id}'."
                : $"The extension '{id}' cannot be used ({OneLine.Of(entry.Reason ?? "its folder is not there")}).");
        }

        if (entry.Parameters.FirstOrDefault(p => p.Field == InfotextKeys.OfExtension(id, name)) is { } parameter)
        {
            return parameter;
        }

        throw new BadInputException(InfotextKeys.OfExtension(id, name), entry.Parameters.Count == 0
            ? $"The extension '{id}' has no parameters, so no '{NameSuggestion.Shortened(name)}'."
            : NameSuggestion.Unknown(
                $"parameter of '{id}' called", name, [.. entry.Parameters.Select(p => p.Field[InfotextKeys.OfExtension(id, "").Length..])]));
    }

    private static (string Id, string Name, string Value) Split(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var dot = equals < 0 ? -1 : text.IndexOf('.', 0, equals);
        return dot > 0 && dot + 1 < equals
            ? (text[..dot], text[(dot + 1)..equals], text[(equals + 1)..])
            : throw new BadInputException("Ext", $"{Option} must be {Form}, not '{NameSuggestion.Shortened(text)}'.");
    }
}
