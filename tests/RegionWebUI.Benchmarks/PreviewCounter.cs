using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging;

namespace RegionWebUI.Benchmarks;

/// <summary>Wants every preview and counts them.</summary>
internal sealed class PreviewCounter : IGenerationObserver
{
    public int Runs { get; set; }

    public int Count { get; private set; }

    public bool WantsPreviews => true;

    public void OnPhase(GenerationPhase phase)
    {
    }

    public void OnStep(int step, int steps)
    {
    }

    public void OnPreview(Image picture, int step) => Count++;
}
