using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Imaging;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Watches a run. Calls come one at a time and in order; an observer that throws ends the run with its error.</summary>
public interface IGenerationObserver
{
    /// <summary>The run entered a phase.</summary>
    /// <param name="phase">What it does now.</param>
    void OnPhase(GenerationPhase phase);

    /// <summary>A sampler step ended.</summary>
    /// <param name="step">Steps done, 1..<paramref name="steps"/>.</param>
    /// <param name="steps">Steps of the run.</param>
    void OnStep(int step, int steps);

    /// <summary>Whether previews are wanted at all; read after every step, so it may change during a run.</summary>
    bool WantsPreviews { get; }

    /// <summary>
    /// The picture as the model sees it now, decoded from x0 of the lane that previews show (the first unless an extension chose another);
    /// at most two a second.
    /// </summary>
    /// <param name="picture">The decoded x0.</param>
    /// <param name="step">Steps done when it was taken.</param>
    void OnPreview(Image picture, int step);

    /// <summary>An extension's hook reported what it does, or has said nothing for long, or ended after it did either.</summary>
    /// <param name="news">What to show; an empty text takes it away.</param>
    void OnHook(HookNews news)
    {
    }

    /// <summary>An extension's hook threw; the run starts once more without it, from its first phase.</summary>
    /// <param name="failure">Which one, where, and what it said.</param>
    void OnHookFailed(HookFailure failure)
    {
    }
}
