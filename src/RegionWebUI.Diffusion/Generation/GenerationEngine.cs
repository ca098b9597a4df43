using System.Reflection;
using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>Text to image with one loaded model: encode, sample, decode.</summary>
internal sealed class GenerationEngine : IGenerationEngine
{
    private static readonly string _version = "RegionWebUI "
        + (typeof(GenerationEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");

    private readonly LoadedModel _model;
    private readonly PromptEncoder _encoder;
    private readonly PictureDecoder _decoder;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _disposing = new();
    private readonly Task<string> _hash;

    /// <summary>Takes over a loaded model.</summary>
    /// <param name="model">The model; disposed with the engine.</param>
    /// <param name="clock">Clock of timings and previews.</param>
    public GenerationEngine(LoadedModel model, TimeProvider clock)
    {
        _model = model;
        _encoder = new PromptEncoder(model);
        _decoder = new PictureDecoder(model);
        _clock = clock;
        _hash = Task.Run(() => model.Hash(_disposing.Token));
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
            var usual = new GenerationRequest();
            await Task.Run(() => Prepare(Layout(usual), chunks: 1, usual, cancellationToken), cancellationToken).ConfigureAwait(false);
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
        RequestValidator.Standard.ThrowIfInvalid(request, NativeSize);
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A run computes for seconds to hours: it begins on a thread of its own, not on one of the pool's.
            return await Task.Factory.StartNew(
                () => RunAsync(request, observer, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
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

    private async Task<GenerationResult> RunAsync(GenerationRequest request, IGenerationObserver? observer, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        observer?.OnPhase(GenerationPhase.Loading);
        var layout = Layout(request);

        // Without guidance the negative prompt is not run; its length must not add chunks to the other either.
        var prompt = _encoder.Cut(request.Prompt, request.CfgScale == 1 ? "" : request.NegativePrompt);
        Prepare(layout, prompt.Positive.Count, request, cancellationToken);
        if (_hash.IsFaulted)
        {
            // Known before the first step, so that no finished picture is lost to it.
            await _hash.ConfigureAwait(false);
        }

        var loaded = _clock.GetElapsedTime(started);

        started = _clock.GetTimestamp();
        observer?.OnPhase(GenerationPhase.Encoding);
        var plan = new SamplingPlan
        {
            Layout = layout,
            Seeds = [.. layout.Lanes.Select(lane => (request.Seed + lane.Index) % (RequestLimits.MaxSeed + 1))],
            Positive = _encoder.Encode(prompt.Positive, cancellationToken),
            Negative = _encoder.Encode(prompt.Negative, cancellationToken),
            CfgScale = request.CfgScale,
            Sampler = SamplerCatalog.Resolve(request.Sampler),
            Schedule = request.Schedule,
            Steps = request.Steps,
        };
        observer?.OnPhase(GenerationPhase.Sampling);
        var z = await SampleAsync(plan, observer, cancellationToken).ConfigureAwait(false);
        var sampled = _clock.GetElapsedTime(started);

        started = _clock.GetTimestamp();
        observer?.OnPhase(GenerationPhase.Decoding);
        var pictures = layout.Lanes
            .Select(lane => _decoder.Decode(layout.Of(z, lane), layout.Height, layout.Width, cancellationToken))
            .ToList();
        var decoded = _clock.GetElapsedTime(started);

        var hash = await _hash.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new GenerationResult(
            [.. pictures.Select((p, i) => new GeneratedPicture(p, plan.Seeds[i], Infotext(request, plan, hash, i)))],
            plan.Sampler.Name,
            ScheduleCatalog.Resolve(plan.Schedule, plan.Sampler.OwnSchedule).Name,
            DeviceDescription,
            loaded.TotalSeconds,
            sampled.TotalSeconds,
            decoded.TotalSeconds);
    }

    private LaneLayout Layout(GenerationRequest request)
    {
        var factor = _model.VaeConfig.Factor;
        var width = request.Width ?? _model.NativeSize;
        var height = request.Height ?? _model.NativeSize;
        var lanes = Enumerable.Range(0, request.BatchSize).Select(i => new Lane(i, $"picture {i + 1}"));
        return new LaneLayout([.. lanes], _model.VaeConfig.LatentChannels, height / factor, width / factor);
    }

    /// <summary>Builds the sessions of this size before the clock of the sampler starts.</summary>
    private void Prepare(LaneLayout layout, int chunks, GenerationRequest request, CancellationToken cancellationToken)
    {
        var rows = request.CfgScale == 1 ? 1 : ModelUNet.RowsPerCall;
        cancellationToken.ThrowIfCancellationRequested();
        _model.UseTextEncoder(Loaded);
        _model.UseUNet(new UNetShape(rows, layout.Height, layout.Width, chunks * Conditioning.TokensPerChunk), Loaded);
        _model.UseVaeDecoder(layout.Height, layout.Width, Loaded);

        void Loaded(IGraphSession session) => cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<double[]> SampleAsync(SamplingPlan plan, IGenerationObserver? observer, CancellationToken cancellationToken)
    {
        var layout = plan.Layout;
        var previews = new PreviewTaker((x0, stop) => _decoder.Decode(x0, layout.Height, layout.Width, stop), _clock, cancellationToken);
        await using (previews.ConfigureAwait(false))
        {
            return await new LatentSampler(new ModelUNet(_model), _model.Noise).SampleAsync(plan, After, cancellationToken).ConfigureAwait(false);
        }

        void After(SamplerStep step)
        {
            if (observer is null)
            {
                return;
            }

            observer.OnStep(step.Index + 1, step.Count);
            if (observer.WantsPreviews && step.Index + 1 < step.Count)
            {
                previews.AfterStep(() => layout.Of(step.Denoised, layout.Lanes[0]).ToArray(), step.Index + 1, observer.OnPreview);
            }
        }
    }

    private string Infotext(GenerationRequest request, SamplingPlan plan, string hash, int index)
    {
        var factor = _model.VaeConfig.Factor;
        return InfotextWriter.Write(new InfotextParameters
        {
            Prompt = request.Prompt,
            NegativePrompt = request.NegativePrompt,
            Steps = request.Steps,
            Sampler = plan.Sampler.Name,
            ScheduleType = ScheduleType(plan),
            CfgScale = AsWritten(request.CfgScale),
            Seed = plan.Seeds[index],
            Width = plan.Layout.Width * factor,
            Height = plan.Layout.Height * factor,
            ModelHash = hash,
            Model = _model.Name,
            Rng = "CPU",
            Version = _version,
        });
    }

    /// <summary>Whole numbers without a point, as A1111's page sends them.</summary>
    private static InfotextValue AsWritten(double number) =>
        number == Math.Floor(number) ? InfotextValue.FromInteger((long)number) : InfotextValue.FromFloat(number);

    /// <summary>A1111 writes the schedule a sampler names as its own in place of Automatic.</summary>
    private static string ScheduleType(SamplingPlan plan)
    {
        var written = ScheduleCatalog.Canonical(plan.Schedule);
        return written == ScheduleCatalog.Automatic && plan.Sampler.OwnSchedule is KarrasSchedule own ? own.Name : written;
    }
}
