namespace RegionWebUI.Imaging.Infotext;

/// <summary>A named addition to prompts. Where it has <c>{prompt}</c> the user's prompt stands; without, it follows the user's prompt.</summary>
/// <param name="Name">The style's name.</param>
/// <param name="Prompt">What it adds to the positive prompt; may be empty.</param>
/// <param name="NegativePrompt">What it adds to the negative prompt; may be empty.</param>
public sealed record PromptStyle(string Name, string Prompt, string NegativePrompt);
