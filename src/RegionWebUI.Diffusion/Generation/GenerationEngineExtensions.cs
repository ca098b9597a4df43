using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Shorter calls of an engine.</summary>
public static class GenerationEngineExtensions
{
    /// <summary>Runs a request without extensions.</summary>
    /// <inheritdoc cref="IGenerationEngine.GenerateAsync"/>
    public static Task<GenerationResult> GenerateAsync(
        this IGenerationEngine engine, GenerationRequest request, IGenerationObserver? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine.GenerateAsync(request, [], observer, cancellationToken);
    }
}
