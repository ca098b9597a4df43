using System.Globalization;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>A hook that threw, so that the run started once more without its extension.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Version">Its version.</param>
/// <param name="Kind">The stage.</param>
/// <param name="Step">Sampler step, from 0; -1 before the first and after the last.</param>
/// <param name="Message">What went wrong, in one line.</param>
/// <param name="Details">Everything that is known about the error, for a log.</param>
public sealed record HookFailure(string Extension, string Version, HookKind Kind, int Step, string Message, string Details)
{
    /// <summary>Who failed where and how, as the beginning of a sentence: "The extension 'demo' 1.0.0 failed (guide, step 3: Error: no)".</summary>
    public string Sentence
    {
        get
        {
            var stage = Kind.ToString().ToLowerInvariant();
            var place = Step < 0 ? stage : string.Create(CultureInfo.InvariantCulture, $"{stage}, step {Step + 1}");
            var version = Version.Length > 0 ? $" {Version}" : "";
            return $"The extension '{Extension}'{version} failed ({place}: {Message.TrimEnd('.')})";
        }
    }
}
