using RegionWebUI.Commands;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Host.Models;

namespace RegionWebUI;

/// <summary>The real parts of the program.</summary>
internal static class Composition
{
    /// <summary>This process's console and engine.</summary>
    public static ProgramParts OfThisProcess() => new()
    {
        Engines = new DiffusionEngines(TimeProvider.System),
        OpenPrompts = PromptReader.Open,
        Out = Console.Out,
        Error = Console.Error,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

    private sealed class DiffusionEngines(TimeProvider time) : IEngineFactory
    {
        public IGenerationEngine Load(string modelFolder, string device) => GenerationEngines.Load(modelFolder, device, time);
    }
}
