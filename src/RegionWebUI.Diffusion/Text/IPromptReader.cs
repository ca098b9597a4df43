using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// Reads prompts as a run would, without running anything: for counters and marks while people type. May be used by several threads.
/// </summary>
public interface IPromptReader
{
    /// <summary>What a prompt comes to with the loaded model's tokenizer. Any text can be read; what is wrong in it is a mark.</summary>
    /// <param name="prompt">As typed.</param>
    /// <param name="isNegative">Whether it is the negative prompt, in which AND and network tags are text.</param>
    /// <param name="steps">Model calls of the run, 1 or more: those that schedules are measured against.</param>
    /// <param name="settings">How prompts are read.</param>
    PromptReading Read(string prompt, bool isNegative, int steps, TextSettings settings);
}
