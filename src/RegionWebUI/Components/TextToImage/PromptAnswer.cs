using RegionWebUI.Diffusion.Text;

namespace RegionWebUI.Components.TextToImage;

/// <summary>A reading and the text that it is of, which may have been typed further since.</summary>
/// <param name="Prompt">As it was read.</param>
/// <param name="Reading">What it comes to.</param>
internal sealed record PromptAnswer(string Prompt, PromptReading Reading);
