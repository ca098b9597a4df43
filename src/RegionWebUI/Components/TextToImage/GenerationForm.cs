using System.Globalization;
using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Components.TextToImage;

/// <summary>The form as typed. Ranges are the engine's to check; the form only refuses what is no number at all.</summary>
internal sealed class GenerationForm
{
    /// <summary>The seed that stands for "draw one", as people know it.</summary>
    internal const string RandomSeed = "-1";

    private readonly Dictionary<string, string> _errors = [];

    /// <summary>A form with the defaults of a request at the model's own size.</summary>
    internal GenerationForm(int nativeSize)
    {
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
        var width = Whole(FieldIds.Width, "Width", Width);
        var height = Whole(FieldIds.Height, "Height", Height);
        var steps = Whole(FieldIds.Steps, "Steps", Steps);
        var batch = Whole(FieldIds.Batch, "Batch", Batch);
        var cfg = Number(FieldIds.Cfg, "CFG scale", Cfg);
        var seedText = Seed.Trim();
        var seed = seedText.Length == 0 || seedText == RandomSeed ? (long?)null : Whole64(FieldIds.Seed, "Seed", Seed);
        if (HasErrors)
        {
            return null;
        }

        return new GenerationRequest
        {
            Prompt = Prompt,
            NegativePrompt = Negative,
            Width = width,
            Height = height,
            Steps = steps,
            Sampler = Sampler,
            Schedule = Schedule,
            CfgScale = cfg,
            Seed = seed ?? drawSeed(),
            BatchSize = batch,
        };
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private int Whole(string field, string name, string text)
    {
        var value = Whole64(field, name, text);
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            return (int)value;
        }

        _errors[field] = $"{name} '{text.Trim()}' is far outside the range.";
        return 0;
    }

    private long Whole64(string field, string name, string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        _errors[field] = $"{name} must be a whole number, not '{text.Trim()}'.";
        return 0;
    }

    private double Number(string field, string name, string text)
    {
        // A comma is what many keyboards have as their decimal point.
        if (double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        _errors[field] = $"{name} must be a number, not '{text.Trim()}'.";
        return 0;
    }
}
