using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Pictures with one loaded model, one run at a time. A run whose extension fails starts once more without it.</summary>
internal sealed class GenerationEngine : IGenerationEngine
{
    private readonly LoadedModel _model;
    private readonly EngineParts _parts;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _disposing = new();

    /// <summary>Takes over a loaded model.</summary>
    /// <param name="model">The model; disposed with the engine.</param>
    /// <param name="clock">Clock of timings and previews.</param>
    public GenerationEngine(LoadedModel model, TimeProvider clock)
    {
        _model = model;
        _parts = new EngineParts(
            model,
            new PromptEncoder(model),
            new PictureEncoder(model),
            new PictureDecoder(model),
            Task.Run(() => model.Hash(_disposing.Token)),
            clock);
    }

    /// <inheritdoc />
    public string ModelName => _model.Name;

    /// <inheritdoc />
    public string DeviceDescription => _model.Runtime.Device.ToString();

    /// <inheritdoc />
    public int NativeSize => _model.NativeSize;

    /// <inheritdoc />
    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(() => Warm(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc />
    public async Task<GenerationResult> GenerateAsync(
        GenerationRequest request, IReadOnlyList<RunExtension> extensions, IGenerationObserver? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(extensions);
        RequestValidator.Standard.WithSamplers(extensions.SelectMany(e => e.Samplers)).ThrowIfInvalid(request, NativeSize);
        _model.RequireClipSkip(request.TextSettings.ClipSkip);
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A run computes for seconds to hours: it begins on a thread of its own, not on one of the pool's.
            return await Task.Factory.StartNew(
                () => RunAsync(request, extensions, observer, cancellationToken),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)
                .Unwrap().ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposing.Cancel();
        _oneAtATime.Wait();
        _model.Dispose();
        _oneAtATime.Dispose();
        _disposing.Dispose();
    }

    private void Warm(CancellationToken cancellationToken)
    {
        var request = new GenerationRequest();
        var prompts = PromptPlan.Of(_model.Tokenizer, request, SamplerCatalog.Resolve(request.Sampler));
        GenerationPass.Prepare(_model, request, prompts, cancellationToken);
    }

    private async Task<GenerationResult> RunAsync(
        GenerationRequest request, IReadOnlyList<RunExtension> extensions, IGenerationObserver? observer, CancellationToken cancellationToken)
    {
        var failures = new List<HookFailure>();
        while (true)
        {
            try
            {
                return await new GenerationPass(_parts, request, observer, cancellationToken).RunAsync(extensions, failures).ConfigureAwait(false);
            }
            catch (HookException failed)
            {
                if (extensions.First(e => e.Id == failed.Failure.Extension).SamplerNamed(request.Sampler) is { } needed)
                {
                    throw new SamplerFailureException(failed.Failure, needed.Name);
                }

                // Each extension can end a pass once, so this ends.
                failures.Add(failed.Failure);
                extensions = [.. extensions.Where(e => e.Id != failed.Failure.Extension)];
                observer?.OnHookFailed(failed.Failure);
            }
        }
    }
}
