using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using static RegionWebUI.Host.Parameters.ParameterKinds;

namespace RegionWebUI.Host.Parameters;

/// <summary>
/// The table of everything that a request says in words or numbers, in the order people meet it. The pictures it starts from are files and
/// extensions declare their own, so neither is in it.
/// </summary>
public sealed class GenerationParameters
{
    /// <summary>Builds the table.</summary>
    /// <param name="validator">Knows the legal sampler and schedule names.</param>
    public GenerationParameters(RequestValidator validator)
    {
        ArgumentNullException.ThrowIfNull(validator);
        All =
        [
            .. Main(validator),
            .. SeedParameters.All.Select(p => Used(p, ParameterGroup.Seed)),
            .. TextParameters.All.Select(p => p with { Group = ParameterGroup.Text }),
            .. SamplerParameters.All.Select(p => Used(p, ParameterGroup.Sampler)),
        ];
    }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<GenerationParameter> All { get; }

    /// <summary>The parameter of a property of <see cref="GenerationRequest"/> or of its settings.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public GenerationParameter this[string field] => All.Single(p => p.Field == field);

    private static GenerationParameter Used(GenerationParameter parameter, ParameterGroup group) =>
        parameter with { Group = group, IsUsed = request => SettingsUse.IsUsed(request, parameter.Field) };

    private static IEnumerable<GenerationParameter> Main(RequestValidator validator) =>
    [
        Text(
            new(nameof(GenerationRequest.Prompt), "Prompt", "--prompt", "What to draw."),
            RequestLimits.PromptLength, r => r.Prompt, (r, v) => r with { Prompt = v }),
        Text(
            new(nameof(GenerationRequest.NegativePrompt), "Negative prompt", "--negative", "What to avoid."),
            RequestLimits.PromptLength, r => r.NegativePrompt, (r, v) => r with { NegativePrompt = v }),
        Whole(
            new(nameof(GenerationRequest.Seed), "Seed", "--seed", "Seed of the first picture; one is drawn when it is left out.", InfotextKeys.Seed),
            (RequestLimits.MinSeed, RequestLimits.MaxSeed), r => r.Seed, (r, v) => r with { Seed = v }),
        Whole(
            new(nameof(GenerationRequest.Steps), "Steps", "--steps", "Sampler steps.", InfotextKeys.Steps),
            (RequestLimits.MinSteps, RequestLimits.MaxSteps), r => r.Steps, (r, v) => r with { Steps = (int)v }),
        Real(
            new(nameof(GenerationRequest.CfgScale), "CFG scale", "--cfg",
                "How strictly the picture follows the prompt; 1 ignores the negative prompt.", InfotextKeys.CfgScale),
            (RequestLimits.MinCfgScale, RequestLimits.MaxCfgScale, 0.5), r => r.CfgScale, (r, v) => r with { CfgScale = v }),
        Choice(
            new(nameof(GenerationRequest.Sampler), "Sampler", "--sampler", "How the noise is removed.", InfotextKeys.Sampler),
            validator.Samplers, r => r.Sampler, (r, v) => r with { Sampler = v }),
        Choice(
            new(nameof(GenerationRequest.Schedule), "Schedule", "--schedule", "Which noise levels the steps visit.", InfotextKeys.ScheduleType),
            validator.Schedules, r => r.Schedule, (r, v) => r with { Schedule = v }),
        Side(nameof(GenerationRequest.Width), "--width", r => r.Width, (r, v) => r with { Width = v }),
        Side(nameof(GenerationRequest.Height), "--height", r => r.Height, (r, v) => r with { Height = v }),
        Whole(
            new(nameof(GenerationRequest.BatchSize), "Batch", "--batch", "Pictures of one run; their seeds count up."),
            (RequestLimits.MinBatchSize, RequestLimits.MaxBatchSize), r => r.BatchSize, (r, v) => r with { BatchSize = (int)v }),
        Real(
            new(nameof(GenerationRequest.Strength), "Denoising strength", "--strength",
                "How much of the picture to start from is made anew: 0 keeps it but for one step, 1 keeps next to nothing.",
                InfotextKeys.DenoisingStrength),
            (RequestLimits.MinStrength, RequestLimits.MaxStrength, 0.05), r => r.Strength, (r, v) => r with { Strength = v }),
        Flag(
            new(nameof(GenerationRequest.ExactSteps), "Exact steps", "--exact-steps",
                "A run from a picture makes exactly the steps asked for instead of its share of them.", "Exact steps"),
            r => r.ExactSteps, (r, v) => r with { ExactSteps = v }),
    ];

    private static GenerationParameter Side(
        string field, string option, Func<GenerationRequest, int?> get, Func<GenerationRequest, int, GenerationRequest> set) => new()
        {
            Field = field,
            Label = field,
            Kind = ParameterKind.Whole,
            Option = option,
            Help = $"{field} in pixels; the model's own size when it is left out.",
            Minimum = RequestLimits.MinSide,
            Maximum = RequestLimits.MaxSide,
            Step = RequestLimits.SideStep,
            Get = r => get(r) is { } pixels ? (long)pixels : null,
            Set = (r, v) => set(r, (int)(long)v),
        };
}
