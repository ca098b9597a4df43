using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;

namespace RegionWebUI.TestKit.Fakes;

/// <summary>
/// An engine without a model: phases, steps, previews and deterministic pictures at once, unless its <see cref="EngineScript"/> holds a
/// moment or fails at it.
/// </summary>
public sealed class ScriptedEngine(EngineScript script, string modelName = "scripted", string device = "cpu") : IGenerationEngine
{
    private int _running;

    public string ModelName => modelName;

    public string DeviceDescription => $"{device} (scripted)";

    public int NativeSize => 64;

    public bool IsDisposed { get; private set; }

    /// <summary>Requests of the runs that were started, in order.</summary>
    public List<GenerationRequest> Requests { get; } = [];

    /// <summary>Ids of the extensions of every run, in order.</summary>
    public List<IReadOnlyList<string>> Extensions { get; } = [];

    /// <summary>How often the engine was asked to get ready.</summary>
    public int Warmed { get; private set; }

    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        Warmed++;
        await script.PassAsync(EngineScript.Warming, cancellationToken);
    }

    public async Task<GenerationResult> GenerateAsync(
        GenerationRequest request, IReadOnlyList<RunExtension> extensions, IGenerationObserver? observer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            throw new InvalidOperationException("Two runs at once.");
        }

        try
        {
            Requests.Add(request);
            Extensions.Add([.. extensions.Select(e => e.Id)]);
            return await RunAsync(request, observer, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    public void Dispose()
    {
        if (Volatile.Read(ref _running) == 1)
        {
            throw new InvalidOperationException("Disposed under a run.");
        }

        IsDisposed = true;
    }

    /// <summary>The pictures that a request gives, whatever ran before.</summary>
    public static IReadOnlyList<GeneratedPicture> PicturesOf(GenerationRequest request) =>
        [.. Enumerable.Range(0, request.BatchSize).Select(n => Finished(request, request.Seed + n))];

    private async Task<GenerationResult> RunAsync(GenerationRequest request, IGenerationObserver? observer, CancellationToken cancellationToken)
    {
        async Task Enter(GenerationPhase phase)
        {
            observer?.OnPhase(phase);
            await script.PassAsync(EngineScript.Moment(phase), cancellationToken);
        }

        await Enter(GenerationPhase.Loading);
        await Enter(GenerationPhase.Encoding);
        await Enter(GenerationPhase.Sampling);
        for (var step = 1; step <= request.Steps; step++)
        {
            await script.PassAsync(EngineScript.Moment(step), cancellationToken);
            observer?.OnStep(step, request.Steps);
            if (observer is { WantsPreviews: true } && script.PreviewSteps.Contains(step))
            {
                observer.OnPreview(Paint(request, request.Seed, step), step);
            }
        }

        await Enter(GenerationPhase.Decoding);
        var schedule = request.Schedule == "Automatic" ? "Uniform" : request.Schedule;
        return new GenerationResult(PicturesOf(request), request.Sampler, schedule, DeviceDescription, 0.25, 1.5, 0.125);
    }

    private static GeneratedPicture Finished(GenerationRequest request, long seed) => new(
        Paint(request, seed, request.Steps),
        seed,
        FormattableString.Invariant($"{request.Prompt}\nSteps: {request.Steps}, Sampler: {request.Sampler}, Seed: {seed}"));

    // Every value of the request decides every pixel.
    private static Image Paint(GenerationRequest request, long seed, int step)
    {
        var width = request.Width ?? 64;
        var height = request.Height ?? 64;
        var text = FormattableString.Invariant(
            $"{request.Prompt}|{request.NegativePrompt}|{request.Steps}|{request.CfgScale}|{request.Sampler}|{request.Schedule}|{seed}|{step}");
        var state = text.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL);
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            state = state * 6364136223846793005UL + 1442695040888963407UL;
            rgb[i] = (byte)(state >> 56);
        }

        return new Image(width, height, rgb);
    }
}
