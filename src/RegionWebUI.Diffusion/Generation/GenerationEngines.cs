using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The way into the engine.</summary>
public static class GenerationEngines
{
    /// <summary>Samplers by their A1111 names, in menu order.</summary>
    public static IReadOnlyList<string> Samplers => SamplerCatalog.Names;

    /// <summary>Schedules by their A1111 names, Automatic first.</summary>
    public static IReadOnlyList<string> Schedules => ScheduleCatalog.Names;

    /// <summary>Device names that may be asked for.</summary>
    public static IReadOnlyList<string> Devices => DeviceSelector.Names;

    /// <summary>Opens a model on a device.</summary>
    /// <param name="modelFolder">Folder in the diffusers layout.</param>
    /// <param name="device">One of <see cref="Devices"/>.</param>
    /// <param name="clock">Clock of timings and previews.</param>
    /// <exception cref="BadInputException">The device name is unknown.</exception>
    /// <exception cref="ModelException">The folder is missing, half there, damaged, or of a kind that is not supported.</exception>
    /// <exception cref="DeviceException">The device cannot run.</exception>
    public static IGenerationEngine Load(string modelFolder, string device, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        try
        {
            var chosen = DeviceSelector.Select(device)
                ?? throw new BadInputException("Device", NameSuggestion.Unknown("device", device, Devices, "directml:n"));
            var runtime = new OrtGraphRuntime(chosen, new RuntimeOptions());
            return new GenerationEngine(LoadedModel.Open(modelFolder, runtime, MemoryOptions.OfProcess()), clock);
        }
        catch (RuntimeFailureException e)
        {
            throw new DeviceException(e.Message, e);
        }
    }
}
