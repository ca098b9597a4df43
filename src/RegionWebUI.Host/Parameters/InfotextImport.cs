using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Parameters;

/// <summary>A request with what an infotext says.</summary>
/// <param name="Request">The request; values that could not be taken are as they were.</param>
/// <param name="NotTaken">
/// Keys whose values could not be taken, in the order of the infotext: nothing here has such a parameter, or its value is not legal for it.
/// Keys that only describe (model, version, extensions that ran) are not among them.
/// </param>
public sealed record InfotextImport(GenerationRequest Request, IReadOnlyList<string> NotTaken)
{

    // The only source of noise there is.
    private const string OwnRng = "CPU";

    private static readonly HashSet<string> _descriptions = new(StringComparer.Ordinal)
    {
        InfotextKeys.Model, InfotextKeys.ModelHash, InfotextKeys.Version, InfotextKeys.User, "Extensions", "Extension errors",
    };

    /// <summary>Takes prompts, parameters and the values of extensions' parameters from an infotext.</summary>
    /// <param name="request">What holds where the infotext is silent; values of extensions that it names are replaced.</param>
    /// <param name="document">The infotext as read.</param>
    /// <param name="parameters">The parameters there are, the program's own and those of extensions that are on.</param>
    /// <param name="validator">Judges the program's own values; null for this engine's.</param>
    public static InfotextImport Apply(
        GenerationRequest request,
        InfotextDocument document,
        IReadOnlyList<GenerationParameter> parameters,
        RequestValidator? validator = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(parameters);
        var reader = new Reader(parameters, validator ?? RequestValidator.Standard);
        var taken = request with { Prompt = document.Prompt, NegativePrompt = document.NegativePrompt };
        var left = new List<string>();

        // Of a key that comes more than once the last value counts, as in A1111.
        foreach (var (key, value) in document.Fields.GroupBy(f => f.Key).Select(g => g.Last()))
        {
            if (reader.Take(taken, key, value) is { } next)
            {
                taken = next;
            }
            else if (!IsDescription(key, value))
            {
                left.Add(key);
            }
        }

        return new InfotextImport(taken, left);
    }

    private static bool IsDescription(string key, string value) =>
        _descriptions.Contains(key) || (key == InfotextKeys.Rng && value == OwnRng);

    private sealed class Reader(IReadOnlyList<GenerationParameter> parameters, RequestValidator validator)
    {
        /// <summary>The request with one key's value, or null when it cannot be taken.</summary>
        public GenerationRequest? Take(GenerationRequest request, string key, string value) => key switch
        {
            InfotextKeys.Size => Size(request, value),
            InfotextKeys.Sampler => Set(request, key, value) ?? SamplerWithSchedule(request, value),
            _ => Set(request, key, value),
        };

        private GenerationRequest? Size(GenerationRequest request, string value) =>
            value.Split('x') is [var width, var height]
            && Set(request, Own(nameof(GenerationRequest.Width)), width) is { } wide
                ? Set(wide, Own(nameof(GenerationRequest.Height)), height)
                : null;

        // Up to A1111 1.8 the schedule was a part of the sampler's name: "DPM++ 2M Karras".
        private GenerationRequest? SamplerWithSchedule(GenerationRequest request, string value)
        {
            var schedule = Own(nameof(GenerationRequest.Schedule))?.Choices
                .FirstOrDefault(name => value.EndsWith(" " + name, StringComparison.OrdinalIgnoreCase));
            return schedule is not null && Set(request, InfotextKeys.Sampler, value[..^(schedule.Length + 1)]) is { } sampled
                ? Set(sampled, InfotextKeys.ScheduleType, schedule)
                : null;
        }

        private GenerationRequest? Set(GenerationRequest request, string key, string value) =>
            Set(request, parameters.FirstOrDefault(p => (p.InfotextKey ?? ExtensionKey(p)) == key), value);

        private GenerationRequest? Set(GenerationRequest request, GenerationParameter? parameter, string value)
        {
            try
            {
                return parameter?.Parse(request, value) is { } next && IsLegal(parameter, next) ? next : null;
            }
            catch (BadInputException)
            {
                // The text is no value of the parameter's kind; the caller lists the key.
                return null;
            }
        }

        private bool IsLegal(GenerationParameter parameter, GenerationRequest request)
        {
            var value = parameter.Get(request);
            var isInRange = parameter.Kind is not (ParameterKind.Whole or ParameterKind.Real)
                || (Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number
                    && number >= parameter.Minimum && number <= parameter.Maximum);
            return isInRange && (ExtensionKey(parameter) is null
                ? validator.Validate(parameter.Set(new GenerationRequest(), value!)).Count == 0
                : parameter.Kind switch
                {
                    ParameterKind.Choice => parameter.Choices.Contains(value?.ToString(), StringComparer.OrdinalIgnoreCase),
                    ParameterKind.Text => (value?.ToString() ?? "").Length <= parameter.Maximum,
                    _ => true,
                });
        }

        private GenerationParameter? Own(string field) => parameters.FirstOrDefault(p => p.Field == field);

        private static string? ExtensionKey(GenerationParameter parameter) =>
            parameter.Field.StartsWith(InfotextKeys.ExtensionPrefix, StringComparison.Ordinal) ? parameter.Field : null;
    }
}
