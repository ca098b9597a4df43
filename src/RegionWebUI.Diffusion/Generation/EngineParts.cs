namespace RegionWebUI.Diffusion.Generation;

/// <summary>What every pass of an engine shares.</summary>
/// <param name="Model">The loaded model.</param>
/// <param name="Prompts">Words to conditioning.</param>
/// <param name="Encoder">Picture to latent.</param>
/// <param name="Decoder">Latent to picture.</param>
/// <param name="Hash">Short hash of the checkpoint, computed beside the first run.</param>
/// <param name="Clock">Clock of timings and previews.</param>
internal sealed record EngineParts(
    LoadedModel Model, PromptEncoder Prompts, PictureEncoder Encoder, PictureDecoder Decoder, Task<string> Hash, TimeProvider Clock);
