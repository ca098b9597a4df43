using System.Text.Encodings.Web;
using System.Text.Json;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Sdk;

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
/// <param name="Pictures">Every picture of the batch, and those that extensions added.</param>
/// <param name="Hooks">What extensions did, summed up.</param>
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
    IReadOnlyList<GenerateReport.Entry> Pictures,
    IReadOnlyList<GenerateReport.HookUsed> Hooks)
{
    // Names and prompts of any script stay readable; the text goes to a terminal or a file, never into a page.
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Extensions the run went on without, and those that broke beside it.</summary>
    public IReadOnlyList<ExtensionError> ExtensionErrors { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, _options);

    /// <summary>Seconds of each part of a run.</summary>
    internal sealed record Times(double Load, double Sample, double Decode);

    /// <summary>One picture.</summary>
    internal sealed record Entry(
        string File, long Seed, string Infotext, IReadOnlyList<PictureOutput.Attachment> Attachments, IReadOnlyList<Curve> Curves);

    /// <summary>The calls of one extension in one stage.</summary>
    internal sealed record HookUsed(string Extension, string Version, string Hook, int Calls, double Milliseconds)
    {
        public static HookUsed Of(HookUse use) => new(use.Extension, use.Version, HookNames.Of(use.Kind), use.Calls, use.Milliseconds);
    }

    /// <summary>
    /// An extension's error: the hook's stage and step, from 0, or -1 outside the steps; <c>background</c> for what it threw outside a hook.
    /// </summary>
    internal sealed record ExtensionError(string Extension, string Version, string Hook, int Step, string Message)
    {
        private const string Background = "background";

        public static IReadOnlyList<ExtensionError> Of(HookLog log, IReadOnlyList<ExtensionEntry> afterwards)
        {
            // What took part was on; nothing but an error of its own breaks it during a run.
            var broken = afterwards.Where(e => e.State == ExtensionState.Broken && log.Extensions.Contains($"{e.Id} {e.Version}"));
            return
            [
                .. log.Failures.Select(f => new ExtensionError(f.Extension, f.Version, HookNames.Of(f.Kind), f.Step, f.Message)),
                .. broken.Select(e => new ExtensionError(e.Id, e.Version, Background, -1, e.Reason ?? "")),
            ];
        }
    }
}
