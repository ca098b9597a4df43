using System.Text.Encodings.Web;
using System.Text.Json;

namespace RegionWebUI.Commands;

/// <summary>What <c>generate --json</c> writes.</summary>
/// <param name="File">The first picture's file.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Steps">Sampler steps.</param>
/// <param name="Sampler">Sampler that ran.</param>
/// <param name="Schedule">Schedule that ran.</param>
/// <param name="Model">Model that ran.</param>
/// <param name="Device">Device that ran.</param>
/// <param name="Seconds">Where the time went.</param>
/// <param name="Infotext">The first picture's parameters.</param>
/// <param name="Pictures">Every picture of the batch.</param>
internal sealed record GenerateReport(
    string File,
    long Seed,
    int Width,
    int Height,
    int Steps,
    string Sampler,
    string Schedule,
    string Model,
    string Device,
    GenerateReport.Times Seconds,
    string Infotext,
    IReadOnlyList<GenerateReport.Entry> Pictures)
{
    // Names and prompts of any script stay readable; the text goes to a terminal or a file, never into a page.
    private static readonly JsonSerializerOptions _options =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(this, _options);

    /// <summary>Seconds of each part of a run.</summary>
    internal sealed record Times(double Load, double Sample, double Decode);

    /// <summary>One picture.</summary>
    internal sealed record Entry(string File, long Seed, string Infotext);
}
