using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>A sub-prompt in a model call: one row of every lane.</summary>
/// <param name="Positive">Conditioning of the sub-prompt.</param>
/// <param name="Negative">Conditioning of the negative prompt, of as many chunks.</param>
/// <param name="CfgScale">Guidance scale of the row, such that the plain mean of a lane's rows is what AND means.</param>
internal sealed record PromptRow(Conditioning Positive, Conditioning Negative, double CfgScale);
