using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Host.Models;

/// <summary>Loads models.</summary>
public interface IEngineFactory
{
    /// <summary>
    /// Loads a model onto a device. The time this takes is not part of <see cref="GenerationResult.LoadSeconds"/>; the caller counts it.
    /// </summary>
    /// <param name="modelFolder">Folder that holds <c>model_index.json</c>.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>webgpu</c>, <c>directml</c> or <c>directml:n</c>.</param>
    /// <returns>An engine that the caller disposes.</returns>
    /// <exception cref="ModelException">The model is missing, half there, damaged or of a kind that is not supported.</exception>
    /// <exception cref="DeviceException">The device is not there.</exception>
    IGenerationEngine Load(string modelFolder, string device);
}
