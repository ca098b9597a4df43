using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Models;

namespace RegionWebUI.TestKit.Fakes;

/// <summary>Gives the real engine with the embedded model on a <see cref="ScriptedGraphRuntime"/>: whole runs with hooks in milliseconds.</summary>
public sealed class ScriptedGraphEngineFactory : IEngineFactory
{
    /// <inheritdoc/>
    public IGenerationEngine Load(string modelFolder, string device) =>
        new GenerationEngine(Diffusion.Generation.LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), TimeProvider.System);
}
