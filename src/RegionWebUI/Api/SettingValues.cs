using System.Text.Json;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Api;

/// <summary>What a body changes about sampler, noise and the reading of prompts: the parameters that have no property of their own in it.</summary>
internal static class SettingValues
{
    /// <summary>Puts them into a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="values">Name in the API's spelling to a string, a number or a flag.</param>
    /// <param name="parameters">The table.</param>
    /// <param name="drawSeed">Source of a variation seed, where some of its noise is mixed in and none is named.</param>
    /// <exception cref="BadInputException">There is no such setting, or its value is of another kind.</exception>
    internal static GenerationRequest Set(
        GenerationRequest request, IReadOnlyDictionary<string, JsonElement> values, GenerationParameters parameters, SeedSource drawSeed)
    {
        var settings = parameters.All.Where(p => p.Group != ParameterGroup.Main || p.Field == nameof(GenerationRequest.ExactSteps))
            .ToDictionary(p => ApiJson.Name(p.Field), StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            request = settings.TryGetValue(name, out var setting)
                ? setting.Parse(request, ExtensionValues.TextOf(setting.Field, value))
                : throw new BadInputException("settings", NameSuggestion.Unknown("setting", name, [.. settings.Keys]));
        }

        return request.NoiseSettings.VariationStrength > 0 && !values.ContainsKey(ApiJson.Name(nameof(NoiseSettings.VariationSeed)))
            ? request with { NoiseSettings = request.NoiseSettings with { VariationSeed = drawSeed() } }
            : request;
    }
}
