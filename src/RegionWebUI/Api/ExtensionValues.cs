using System.Collections.Immutable;
using System.Text.Json;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Api;

/// <summary>Values for extensions as a body gives them.</summary>
internal static class ExtensionValues
{
    /// <summary>Puts them into a request, in the form that the extensions' own parameters give them.</summary>
    /// <exception cref="BadInputException">A value is neither text, number nor flag, or not of its parameter's kind.</exception>
    internal static GenerationRequest Set(
        GenerationRequest request,
        IReadOnlyDictionary<string, Dictionary<string, JsonElement>> values,
        IReadOnlyList<ExtensionEntry> extensions)
    {
        var parameters = extensions.SelectMany(e => e.Parameters).ToDictionary(p => p.Field, StringComparer.Ordinal);
        foreach (var (id, named) in values)
        {
            foreach (var (name, value) in named)
            {
                var (key, field) = ($"{id}/{name}", InfotextKeys.OfExtension(id, name));
                var text = TextOf(field, value);
                request = parameters.TryGetValue(field, out var parameter)
                    ? parameter.Parse(request, text)
                    : request with { Extensions = request.Extensions.ToImmutableSortedDictionary(StringComparer.Ordinal).SetItem(key, text) };
            }
        }

        return request;
    }

    /// <summary>A value as its parameter reads it.</summary>
    /// <exception cref="BadInputException">It is neither text, number nor flag.</exception>
    internal static string TextOf(string field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        var kind => throw new BadInputException(
            field, $"The value of {NameSuggestion.Shortened(field)} must be a string, a number, true or false, not {ApiJson.Name(kind.ToString())}."),
    };
}
