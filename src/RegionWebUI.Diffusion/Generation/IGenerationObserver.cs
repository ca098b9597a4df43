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

    /// <summary>The picture as the model sees it now, decoded from x0 of the first lane; at most two a second.</summary>
    /// <param name="picture">The decoded x0.</param>
    /// <param name="step">Steps done when it was taken.</param>
    void OnPreview(Image picture, int step);
}
