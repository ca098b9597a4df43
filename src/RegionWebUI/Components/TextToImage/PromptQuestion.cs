using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Components.TextToImage;

/// <summary>What a reading depends on; equal questions have equal answers.</summary>
/// <param name="Prompt">As typed.</param>
/// <param name="Styled">With the styles that are chosen; as typed without any.</param>
/// <param name="IsNegative">Whether it is the negative prompt.</param>
/// <param name="Steps">Steps of the run.</param>
/// <param name="Settings">How prompts are read.</param>
internal sealed record PromptQuestion(string Prompt, string Styled, bool IsNegative, int Steps, TextSettings Settings);
