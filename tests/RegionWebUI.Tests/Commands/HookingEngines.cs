using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Models;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Tests.Commands;

/// <summary>Scripted engines whose runs tell of hooks before they begin and whose results are changed.</summary>
internal sealed class HookingEngines(ScriptedEngineFactory inner) : IEngineFactory
{
    /// <summary>What hooks report.</summary>
    public List<HookNews> News { get; } = [];

    /// <summary>What hooks fail with.</summary>
    public List<HookFailure> Failures { get; } = [];

    /// <summary>What becomes of the result.</summary>
    public Func<GenerationResult, GenerationResult> Change { get; set; } = result => result;

    public IGenerationEngine Load(string modelFolder, string device) => new Engine(this, inner.Load(modelFolder, device));

    private sealed class Engine(HookingEngines told, IGenerationEngine engine) : IGenerationEngine
    {
        public string ModelName => engine.ModelName;

        public string DeviceDescription => engine.DeviceDescription;

        public int NativeSize => engine.NativeSize;

        public Task WarmAsync(CancellationToken cancellationToken) => engine.WarmAsync(cancellationToken);

        public async Task<GenerationResult> GenerateAsync(
            GenerationRequest request, IReadOnlyList<RunExtension> extensions, IGenerationObserver? observer, CancellationToken cancellationToken)
        {
            told.News.ForEach(news => observer?.OnHook(news));
            told.Failures.ForEach(failure => observer?.OnHookFailed(failure));
            return told.Change(await engine.GenerateAsync(request, extensions, observer, cancellationToken));
        }

        public void Dispose() => engine.Dispose();
    }
}
