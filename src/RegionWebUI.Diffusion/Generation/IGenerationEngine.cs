using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Makes pictures from requests with one loaded model. Runs are served one at a time.</summary>
public interface IGenerationEngine : IDisposable
{
    /// <summary>Name of the loaded model, as written to the infotext.</summary>
    string ModelName { get; }

    /// <summary>Device that runs and why it was chosen, as shown to people.</summary>
    string DeviceDescription { get; }

    /// <summary>Width and height the model was made for, in pixels.</summary>
    int NativeSize { get; }

    /// <summary>Builds what a run of the model's own size needs, so that the first one starts at once. Runs nothing.</summary>
    /// <param name="cancellationToken">Ends the work between two networks.</param>
    /// <exception cref="ModelException">The weights are damaged or do not fit the model's configuration.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    Task WarmAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs a request to its end. An extension whose hook throws is left out and the run starts once more from its beginning; the result
    /// says so. The one whose sampler the request names cannot be left out.
    /// </summary>
    /// <param name="request">What to make.</param>
    /// <param name="extensions">Extensions that are on, in the order in which they run.</param>
    /// <param name="observer">Told about phases, steps and previews; null for nobody.</param>
    /// <param name="cancellationToken">Ends the run within one model call; while a network is being loaded, as soon as it is.</param>
    /// <exception cref="BadInputException">A value of the request is out of range.</exception>
    /// <exception cref="ModelException">The weights are damaged or do not fit the model's configuration.</exception>
    /// <exception cref="DeviceException">The device failed.</exception>
    /// <exception cref="SamplerFailureException">The extension failed whose sampler the request names.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing was kept.</exception>
    Task<GenerationResult> GenerateAsync(
        GenerationRequest request, IReadOnlyList<RunExtension> extensions, IGenerationObserver? observer, CancellationToken cancellationToken);
}
