using System.Globalization;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Names each value of a request that is out of range. The engine, the queue, the command line and the page all ask here.</summary>
public sealed class RequestValidator
{
    private readonly List<string> _samplers;
    private readonly List<string> _schedules;

    /// <summary>Takes the names that exist; letter case is ignored when a request is compared with them.</summary>
    /// <param name="samplers">A1111 names of the samplers, at least one.</param>
    /// <param name="schedules">A1111 names of the schedules; Automatic is always legal beside them.</param>
    public RequestValidator(IEnumerable<string> samplers, IEnumerable<string> schedules)
    {
        ArgumentNullException.ThrowIfNull(samplers);
        ArgumentNullException.ThrowIfNull(schedules);
        _samplers = [.. samplers];
        _schedules = [.. schedules.Prepend(RequestLimits.AutomaticSchedule).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Knows the samplers and schedules of this engine.</summary>
    public static RequestValidator Standard { get; } = new(SamplerCatalog.Names, ScheduleCatalog.Names)
    {
        SamplerAliases = SamplerCatalog.Aliases,
    };

    /// <summary>Names that are legal for a sampler beside those that are listed.</summary>
    internal IReadOnlyList<string> SamplerAliases { get; init; } = [];

    /// <summary>Legal sampler names.</summary>
    public IReadOnlyList<string> Samplers => _samplers;

    /// <summary>Legal schedule names, Automatic first.</summary>
    public IReadOnlyList<string> Schedules => _schedules;

    /// <summary>One that knows further samplers, listed after its own.</summary>
    /// <param name="samplers">Samplers of extensions.</param>
    internal RequestValidator WithSamplers(IEnumerable<RunSampler> samplers) =>
        samplers.ToList() is [_, ..] more ? WithSamplers(more.Select(s => s.Name), more.SelectMany(s => s.Aliases)) : this;

    /// <summary>One that knows further samplers, listed after its own.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="aliases">Further names that are legal for them.</param>
    public RequestValidator WithSamplers(IEnumerable<string> names, IEnumerable<string> aliases) =>
        new(_samplers.Concat(names), _schedules) { SamplerAliases = [.. SamplerAliases, .. aliases] };

    /// <summary>Checks every value.</summary>
    /// <param name="request">The request.</param>
    /// <param name="nativeSize">Pixels that stand for a width or height left out; null when the model is not known yet.</param>
    /// <returns>One problem per value at fault, in the order of the request's properties; empty when all is well.</returns>
    public IReadOnlyList<RequestProblem> Validate(GenerationRequest request, int? nativeSize = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestProblem?[] found =
        [
            PromptRules.Problem(nameof(request.Prompt), "The prompt", request.Prompt, PromptOptions.Positive, request),
            PromptRules.Problem(
                nameof(request.NegativePrompt), "The negative prompt", request.NegativePrompt, PromptOptions.Negative, request),
            Side(nameof(request.Width), request.Width),
            Side(nameof(request.Height), request.Height),
            SettingsRules.Whole(nameof(request.Steps), "Steps", request.Steps, RequestLimits.MinSteps, RequestLimits.MaxSteps),
            SettingsRules.Real(
                nameof(request.CfgScale), "CFG scale", request.CfgScale, RequestLimits.MinCfgScale, RequestLimits.MaxCfgScale),
            SamplerAliases.Contains(request.Sampler, StringComparer.OrdinalIgnoreCase)
                ? null
                : Name(nameof(request.Sampler), "sampler", request.Sampler, _samplers),
            Name(nameof(request.Schedule), "schedule", request.Schedule, _schedules),
            SettingsRules.Whole(nameof(request.Seed), "Seed", request.Seed, RequestLimits.MinSeed, RequestLimits.MaxSeed),
            SettingsRules.Real(
                nameof(request.Strength), "Denoising strength", request.Strength, RequestLimits.MinStrength, RequestLimits.MaxStrength),
            request.Mask is not null && request.Init is null
                ? new(nameof(request.Mask), "A mask needs a picture to start from.")
                : null,
            SettingsRules.Whole(nameof(request.BatchSize), "Batch", request.BatchSize, RequestLimits.MinBatchSize, RequestLimits.MaxBatchSize),
            .. SettingsRules.Of(request),
        ];
        var problems = found.OfType<RequestProblem>().ToList();
        if (problems.Count == 0 && Cost(request, nativeSize) is { } cost)
        {
            problems.Add(cost);
        }

        if (problems.Count == 0 && RunRules.Of(request) is { } impossible)
        {
            problems.Add(impossible);
        }

        return problems;
    }

    /// <summary>Refuses a request that has a value out of range.</summary>
    /// <inheritdoc cref="Validate"/>
    /// <exception cref="BadInputException">The first problem found.</exception>
    public void ThrowIfInvalid(GenerationRequest request, int? nativeSize = null)
    {
        if (Validate(request, nativeSize) is [var first, ..])
        {
            throw new BadInputException(first.Field, first.Message);
        }
    }

    private static RequestProblem? Side(string field, int? pixels) =>
        pixels is null or (>= RequestLimits.MinSide and <= RequestLimits.MaxSide) && (pixels ?? 0) % RequestLimits.SideStep == 0
            ? null
            : new(
                field,
                $"{field} must be a multiple of {RequestLimits.SideStep} from {RequestLimits.MinSide} to {RequestLimits.MaxSide}, not {pixels}.");

    private static RequestProblem? Name(string field, string kind, string name, List<string> names) =>
        names.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : new(field, NameSuggestion.Unknown(kind, name, names));

    private static RequestProblem? Cost(GenerationRequest request, int? nativeSize)
    {
        var width = (long)(request.Width ?? nativeSize ?? RequestLimits.MinSide);
        var height = (long)(request.Height ?? nativeSize ?? RequestLimits.MinSide);
        var pixels = width * height * request.BatchSize;
        return pixels <= RequestLimits.MaxPixels
            ? null
            : new(nameof(GenerationRequest.BatchSize), string.Create(
                CultureInfo.InvariantCulture,
                $"Width x height x batch may be at most {RequestLimits.MaxPixels:N0} pixels, "
                + $"not {pixels:N0} ({width} x {height} x {request.BatchSize})."));
    }
}
