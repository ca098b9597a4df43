using System.Globalization;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;

namespace RegionWebUI.Components.TextToImage;

/// <summary>The form as typed, read by the same table of parameters as the command line. Ranges are judged when the request is queued.</summary>
internal sealed class GenerationForm
{
    /// <summary>The seed that stands for "draw one", as people know it.</summary>
    internal const string RandomSeed = "-1";

    private readonly Dictionary<string, string> _errors = [];
    private readonly Dictionary<string, GenerationParameter> _parameters;

    /// <summary>A form with the defaults of a request at the model's own size.</summary>
    internal GenerationForm(int nativeSize, GenerationParameters parameters)
    {
        _parameters = parameters.All.ToDictionary(p => FieldIds.Of(p.Field));
        var defaults = new GenerationRequest { Width = nativeSize, Height = nativeSize };
        Fill(defaults);
        Seed = RandomSeed;
    }

    internal string Prompt { get; set; } = "";

    internal string Negative { get; set; } = "";

    internal string Width { get; set; } = "";

    internal string Height { get; set; } = "";

    internal string Steps { get; set; } = "";

    internal string Sampler { get; set; } = "";

    internal string Schedule { get; set; } = "";

    internal string Cfg { get; set; } = "";

    internal string Seed { get; set; } = RandomSeed;

    internal string Batch { get; set; } = "";

    /// <summary>Whether anything was refused.</summary>
    internal bool HasErrors => _errors.Count > 0;

    /// <summary>What may be typed into a control.</summary>
    internal GenerationParameter ParameterOf(string field) => _parameters[field];

    /// <summary>The sentence at a control, or null.</summary>
    internal string? ErrorAt(string field) => _errors.GetValueOrDefault(field);

    /// <summary>Takes every value but the seed from a request.</summary>
    internal void Fill(GenerationRequest request)
    {
        Prompt = request.Prompt;
        Negative = request.NegativePrompt;
        Width = request.Width is { } width ? Text(width) : Width;
        Height = request.Height is { } height ? Text(height) : Height;
        Steps = Text(request.Steps);
        Sampler = request.Sampler;
        Schedule = request.Schedule;
        Cfg = request.CfgScale.ToString(CultureInfo.InvariantCulture);
        Batch = Text(request.BatchSize);
    }

    /// <summary>Exchanges width and height.</summary>
    internal void SwapSides() => (Width, Height) = (Height, Width);

    /// <summary>Forgets earlier refusals.</summary>
    internal void ClearErrors() => _errors.Clear();

    /// <summary>Puts one sentence at the control of a parameter.</summary>
    internal void Refuse(string? parameter, string sentence) => _errors[FieldIds.Of(parameter)] = sentence;

    /// <summary>The request, or null when something is no number; then <see cref="ErrorAt"/> says what.</summary>
    internal GenerationRequest? Read(SeedSource drawSeed)
    {
        ClearErrors();
        var request = new GenerationRequest { Prompt = Prompt, NegativePrompt = Negative, Sampler = Sampler, Schedule = Schedule };
        request = Read(request, FieldIds.Width, Width);
        request = Read(request, FieldIds.Height, Height);
        request = Read(request, FieldIds.Steps, Steps);
        request = Read(request, FieldIds.Cfg, Cfg);
        request = Read(request, FieldIds.Batch, Batch);
        request = Seed.Trim() is "" or RandomSeed ? request with { Seed = drawSeed() } : Read(request, FieldIds.Seed, Seed);
        return HasErrors ? null : request;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private GenerationRequest Read(GenerationRequest request, string field, string text)
    {
        var parameter = _parameters[field];
        var typed = text.Trim();
        try
        {
            // A comma is what many keyboards have as their decimal point.
            return parameter.Parse(request, parameter.Kind == ParameterKind.Real ? typed.Replace(',', '.') : typed);
        }
        catch (BadInputException error)
        {
            _errors[field] = error.Message;
            return request;
        }
    }
}
