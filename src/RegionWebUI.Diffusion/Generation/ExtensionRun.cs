using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>What one extension is told about a run.</summary>
internal sealed class ExtensionRun(GenerationRequest request, int latentWidth, int latentHeight, object? parameters) : IRun
{
    /// <inheritdoc/>
    public GenerationRequest Request => request;

    /// <inheritdoc/>
    public int LatentWidth => latentWidth;

    /// <inheritdoc/>
    public int LatentHeight => latentHeight;

    /// <inheritdoc/>
    public T Parameters<T>()
        where T : class, new() =>
        parameters as T ?? throw new InvalidOperationException($"The extension declared no parameters of type {typeof(T).Name}.");
}
