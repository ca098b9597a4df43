using System.ComponentModel.DataAnnotations;
using System.Globalization;
using RegionWebUI.Sdk;

namespace RegionalPrompts;

/// <summary>What the user sets. Checked here, so that hooks can rely on it.</summary>
internal sealed class RegionalPromptsOptions : IValidatableObject
{
    /// <summary>Most regions of a picture; each is one more row of every model call.</summary>
    public const int MostRegions = 16;

    [RunParameter("Prompts of the regions", Lines = 4, Help = "One line per region, two or more; empty is off.")]
    public string Prompts { get; set; } = "";

    [RunParameter("Direction", Help = "Columns lie side by side, rows one above the other.")]
    public Direction Direction { get; set; } = Direction.Columns;

    [RunParameter("Split", MaxLength = 200, Help = "Relative sizes of the regions, as 1,1 or 2,1,1; empty makes them equal.")]
    public string Split { get; set; } = "";

    [RunParameter("Feather", Minimum = 0, Maximum = 0.5, Step = 0.05, Help = "Share of the picture's side over which neighbours blend.")]
    public double Feather { get; set; } = 0.2;

    [RunParameter("Main prompt", Help = "Append puts the main prompt behind each region's own, prepend before it, alone leaves it out.")]
    public MainPrompt Global { get; set; } = MainPrompt.Append;

    [RunParameter("Whole picture", Minimum = 0, Maximum = 1, Step = 0.05,
        Help = "Share of all prompts together on the whole picture, in the second half of the steps; it joins the regions into one scene.")]
    public double Whole { get; set; } = 0.2;

    /// <summary>The prompts of the regions, in order; none when the extension is off.</summary>
    public IReadOnlyList<string> Regions() => Prompts.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Relative sizes of the regions, each more than 0; equal ones when none are given.</summary>
    public IReadOnlyList<double> Shares() =>
        string.IsNullOrWhiteSpace(Split) ? [.. Regions().Select(_ => 1.0)] : [.. Split.Split(',').Select(Share)];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var regions = Regions().Count;
        if (regions is 1 or > MostRegions)
        {
            yield return new(
                $"Prompts are given for {regions} {(regions == 1 ? "region" : "regions")}; 2 to {MostRegions} can be given, one per line, or none.",
                [nameof(Prompts)]);
        }

        var shares = Shares();
        if (shares.Any(double.IsNaN))
        {
            yield return new($"The split '{Split}' is not a list of numbers above 0, as 2,1,1.", [nameof(Split)]);
        }
        else if (regions > 0 && shares.Count != regions)
        {
            yield return new($"The split '{Split}' has {shares.Count} parts for {regions} prompts; give one for each.", [nameof(Split)]);
        }
    }

    private static double Share(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share > 0 && double.IsFinite(share)
            ? share
            : double.NaN;
}
