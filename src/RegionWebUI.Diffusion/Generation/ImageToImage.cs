using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Image to image: every lane starts from the source, noised to the level that the strength asks for.</summary>
/// <param name="source">The picture, of the run's size.</param>
/// <param name="steps">Where in the schedule the run begins.</param>
internal sealed class ImageToImage(Image source, ImageToImageSteps steps) : IStartHook
{
    /// <summary>The source as a clean latent; null before the start.</summary>
    public Latent? Z0 { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(StartContext c)
    {
        Z0 = await c.Networks.EncodeAsync(source).ConfigureAwait(false);

        // A table that is shorter than the steps asked for, as where DDIM drops its last call, still gives the run a step.
        c.FirstStep = Math.Min(steps.FirstStep, c.Sigmas.Count - 2);
        foreach (var lane in c.Lanes)
        {
            c.Set(lane, c.Noised(Z0, c.Noise(lane)));
        }
    }
}
