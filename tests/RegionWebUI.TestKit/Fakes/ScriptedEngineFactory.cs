using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Models;

namespace RegionWebUI.TestKit.Fakes;

/// <summary>Gives scripted engines, all on one script, and remembers them.</summary>
public sealed class ScriptedEngineFactory : IEngineFactory
{
    public EngineScript Script { get; } = new();

    /// <summary>Every engine that was loaded, in order.</summary>
    public List<ScriptedEngine> Engines { get; } = [];

    /// <summary>Folder and device of every load that was tried, in order.</summary>
    public List<(string Folder, string Device)> Loads { get; } = [];

    public IGenerationEngine Load(string modelFolder, string device)
    {
        Loads.Add((modelFolder, device));
        Script.PassAsync(EngineScript.Open, CancellationToken.None).GetAwaiter().GetResult();
        var engine = new ScriptedEngine(Script, Path.GetFileName(modelFolder), device);
        Engines.Add(engine);
        return engine;
    }
}
