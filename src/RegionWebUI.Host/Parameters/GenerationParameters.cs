using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

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
            Text(nameof(GenerationRequest.Prompt), "Prompt", "--prompt", "What to draw.", r => r.Prompt, (r, v) => r with { Prompt = v }),
            Text(nameof(GenerationRequest.NegativePrompt), "Negative prompt", "--negative", "What to avoid.",
                r => r.NegativePrompt, (r, v) => r with { NegativePrompt = v }),
            Whole(nameof(GenerationRequest.Seed), "Seed", "--seed", "Seed of the first picture; one is drawn when it is left out.",
                RequestLimits.MinSeed, RequestLimits.MaxSeed, r => r.Seed, (r, v) => r with { Seed = v }) with { InfotextKey = InfotextKeys.Seed },
            Whole(nameof(GenerationRequest.Steps), "Steps", "--steps", "Sampler steps.",
                RequestLimits.MinSteps, RequestLimits.MaxSteps, r => r.Steps, (r, v) => r with { Steps = (int)v }) with
                {
                    InfotextKey = InfotextKeys.Steps,
                },
            Cfg(),
            Choice(nameof(GenerationRequest.Sampler), "Sampler", "--sampler", "How the noise is removed.",
                validator.Samplers, r => r.Sampler, (r, v) => r with { Sampler = v }) with { InfotextKey = InfotextKeys.Sampler },
            Choice(nameof(GenerationRequest.Schedule), "Schedule", "--schedule", "Which noise levels the steps visit.",
                validator.Schedules, r => r.Schedule, (r, v) => r with { Schedule = v }) with { InfotextKey = InfotextKeys.ScheduleType },
            Side(nameof(GenerationRequest.Width), "--width", r => r.Width, (r, v) => r with { Width = v }),
            Side(nameof(GenerationRequest.Height), "--height", r => r.Height, (r, v) => r with { Height = v }),
            Whole(nameof(GenerationRequest.BatchSize), "Batch", "--batch", "Pictures of one run; their seeds count up.",
                RequestLimits.MinBatchSize, RequestLimits.MaxBatchSize, r => r.BatchSize, (r, v) => r with { BatchSize = (int)v }),
            Strength(),
        ];
    }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<GenerationParameter> All { get; }

    /// <summary>The parameter of a property of <see cref="GenerationRequest"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public GenerationParameter this[string field] => All.Single(p => p.Field == field);

    private static GenerationParameter Cfg() => new()
    {
        Field = nameof(GenerationRequest.CfgScale),
        Label = "CFG scale",
        Kind = ParameterKind.Real,
        Option = "--cfg",
        Help = "How strictly the picture follows the prompt; 1 ignores the negative prompt.",
        Minimum = RequestLimits.MinCfgScale,
        Maximum = RequestLimits.MaxCfgScale,
        Step = 0.5,
        InfotextKey = InfotextKeys.CfgScale,
        Get = r => r.CfgScale,
        Set = (r, v) => r with { CfgScale = (double)v },
    };

    private static GenerationParameter Strength() => new()
    {
        Field = nameof(GenerationRequest.Strength),
        Label = "Denoising strength",
        Kind = ParameterKind.Real,
        Option = "--strength",
        Help = "How much of the picture to start from is made anew: 0 keeps it, 1 keeps next to nothing.",
        Minimum = 0,
        Maximum = 1,
        Step = 0.05,
        InfotextKey = InfotextKeys.DenoisingStrength,
        Get = r => r.Strength,
        Set = (r, v) => r with { Strength = (double)v },
    };

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

    private static GenerationParameter Text(
        string field,
        string label,
        string option,
        string help,
        Func<GenerationRequest, string> get,
        Func<GenerationRequest, string, GenerationRequest> set) => new()
        {
            Field = field,
            Label = label,
            Kind = ParameterKind.Text,
            Option = option,
            Help = help,
            Maximum = RequestLimits.PromptLength,
            Get = get,
            Set = (r, v) => set(r, (string)v),
        };

    private static GenerationParameter Whole(
        string field,
        string label,
        string option,
        string help,
        long min,
        long max,
        Func<GenerationRequest, long> get,
        Func<GenerationRequest, long, GenerationRequest> set) => new()
        {
            Field = field,
            Label = label,
            Kind = ParameterKind.Whole,
            Option = option,
            Help = help,
            Minimum = min,
            Maximum = max,
            Get = r => get(r),
            Set = (r, v) => set(r, (long)v),
        };

    private static GenerationParameter Choice(
        string field,
        string label,
        string option,
        string help,
        IReadOnlyList<string> choices,
        Func<GenerationRequest, string> get,
        Func<GenerationRequest, string, GenerationRequest> set) => new()
        {
            Field = field,
            Label = label,
            Kind = ParameterKind.Choice,
            Option = option,
            Help = help,
            Choices = choices,
            Get = get,
            Set = (r, v) => set(r, (string)v),
        };
}
