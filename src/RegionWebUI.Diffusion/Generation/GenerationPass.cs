using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>One pass over a request, from its start to its pictures: encode, start, sample, decode, image hooks.</summary>
/// <param name="parts">The loaded model and what turns its networks into words and pictures.</param>
/// <param name="request">What to make.</param>
/// <param name="observer">Told about the pass; null for nobody.</param>
/// <param name="cancellationToken">Ends the pass within one model call.</param>
internal sealed class GenerationPass(
    EngineParts parts, GenerationRequest request, IGenerationObserver? observer, CancellationToken cancellationToken)
{
    private readonly int _cell = parts.Model.VaeConfig.Factor;
    private TimeSpan _loaded;
    private TimeSpan _sampled;

    /// <summary>Runs with these extensions.</summary>
    /// <param name="extensions">Extensions in their order.</param>
    /// <param name="failures">Extensions that were left out before.</param>
    /// <exception cref="HookException">A hook of an extension failed.</exception>
    public async Task<GenerationResult> RunAsync(IReadOnlyList<RunExtension> extensions, IReadOnlyList<HookFailure> failures)
    {
        var sized = request with
        {
            Width = request.Width ?? parts.Model.NativeSize,
            Height = request.Height ?? parts.Model.NativeSize,
        };
        var plan = await PlanAsync(sized, extensions).ConfigureAwait(false);
        using var hooks = new HookRun(
            BuiltInHooks.For(sized, _cell, cancellationToken),
            extensions,
            extension => RunOf(extension, sized, plan.Layout),
            observer,
            parts.Clock,
            cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var networks = new RunNetworks(parts.Model, parts.Prompts, plan.Language, parts.Encoder, parts.Decoder, ended.Token);
            return await RunAsync(extensions, failures, sized, plan, hooks, networks).ConfigureAwait(false);
        }
        finally
        {
            // What an extension left at work does not go on beside the next run.
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<GenerationResult> RunAsync(
        IReadOnlyList<RunExtension> extensions,
        IReadOnlyList<HookFailure> failures,
        GenerationRequest sized,
        SamplingPlan plan,
        HookRun hooks,
        RunNetworks networks)
    {
        var lanes = await SampleAsync(plan, hooks, networks).ConfigureAwait(false);

        var started = parts.Clock.GetTimestamp();
        observer?.OnPhase(GenerationPhase.Decoding);
        var active = extensions.Where(e => e.Id == plan.SamplerOwner?.Id || hooks.Active.Any(a => a.Id == e.Id)).ToList();
        var pictures = new List<GeneratedPicture>();
        var hash = await parts.Hash.WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var lane in lanes.Start.Layout.Lanes.Where(l => lanes.Start.IsPicture[l.Index]))
        {
            var seed = lanes.Start.Seeds[lane.Index];
            var kept = await DecodeAsync(lanes, lane, hooks, networks).ConfigureAwait(false);
            var infotext = PictureInfotext.Write(
                sized,
                plan,
                (seed, lanes.Start.VariationSeeds[lane.Index]),
                (parts.Model.Name, hash),
                new ExtensionTrace(active, kept.Notes, failures));
            pictures.Add(new GeneratedPicture(kept.Picture, seed, infotext) { Attachments = kept.Attachments, Curves = kept.Curves });
        }

        return new GenerationResult(
            pictures,
            plan.Sampler.Name,
            ScheduleCatalog.Resolve(plan.Schedule, plan.Sampler.OwnSchedule).Name,
            parts.Model.Runtime.Device.ToString(),
            _loaded.TotalSeconds,
            _sampled.TotalSeconds,
            parts.Clock.GetElapsedTime(started).TotalSeconds)
        {
            Hooks = new HookLog([.. active.Select(e => $"{e.Id} {e.Version}")], [.. hooks.Calls], [.. failures]),
        };
    }

    /// <summary>The lanes of a request before any hook.</summary>
    public static LaneLayout Layout(LoadedModel model, GenerationRequest request)
    {
        var factor = model.VaeConfig.Factor;
        var width = request.Width ?? model.NativeSize;
        var height = request.Height ?? model.NativeSize;
        var lanes = Enumerable.Range(0, request.BatchSize).Select(i => new Lane(i, $"picture {i + 1}"));
        return new LaneLayout([.. lanes], model.VaeConfig.LatentChannels, height / factor, width / factor);
    }

    /// <summary>Builds the sessions of a size before the clock of the sampler starts.</summary>
    public static void Prepare(LoadedModel model, GenerationRequest request, PromptPlan prompts, CancellationToken cancellationToken)
    {
        var layout = Layout(model, request);
        var rows = prompts.IsOneRow && request.BatchSize == 1 ? 1 : ModelUNet.SideBySide;
        cancellationToken.ThrowIfCancellationRequested();
        model.UseTextEncoder(request.TextSettings.ClipSkip, Loaded);
        model.UseUNet(new UNetShape(rows, layout.Height, layout.Width, prompts.ChunkCount * Conditioning.TokensPerChunk), Loaded);
        model.UseVaeDecoder(layout.Height, layout.Width, Loaded);
        if (request.Init is not null)
        {
            model.UseVaeEncoder(layout.Height, layout.Width, Loaded);
        }

        void Loaded(IGraphSession session) => cancellationToken.ThrowIfCancellationRequested();
    }

    private static ExtensionRun RunOf(RunExtension extension, GenerationRequest sized, LaneLayout layout) =>
        new(sized, layout.Width, layout.Height, extension.Parameters?.Invoke());

    private async Task<SamplingPlan> PlanAsync(GenerationRequest sized, IReadOnlyList<RunExtension> extensions)
    {
        var started = parts.Clock.GetTimestamp();
        observer?.OnPhase(GenerationPhase.Loading);
        var layout = Layout(parts.Model, sized);
        var owner = extensions.FirstOrDefault(e => e.SamplerNamed(request.Sampler) is not null);
        var sampler = owner?.SamplerNamed(request.Sampler) is { } own
            ? new ExtensionSampler(own, () => RunOf(owner, sized, layout))
            : SamplerCatalog.Resolve(request.Sampler);
        var prompts = PromptPlan.Of(parts.Prompts.Tokenizer, sized, sampler);
        Prepare(parts.Model, sized, prompts, cancellationToken);
        if (parts.Hash.IsFaulted)
        {
            // Known before the first step, so that no finished picture is lost to it.
            await parts.Hash.ConfigureAwait(false);
        }

        _loaded = parts.Clock.GetElapsedTime(started);
        started = parts.Clock.GetTimestamp();
        observer?.OnPhase(GenerationPhase.Encoding);
        var start = SettingsMapping.FromPicture(request);
        var plan = new SamplingPlan
        {
            Layout = layout,
            Seeds = [.. layout.Lanes.Select(lane => SettingsMapping.Seed(request.Seed, request.NoiseSettings, lane.Index))],
            Language = prompts.Language,
            Prompts = prompts.Encode(parts.Prompts, cancellationToken),
            Sampler = sampler,
            SamplerOwner = owner is null ? null : new HookOwner(owner.Id, owner.Version),
            Schedule = request.Schedule,
            Steps = start?.ScheduleSteps ?? request.Steps,
            Encoded = start?.Encoded,
            SamplerSettings = request.SamplerSettings,
            Noise = request.NoiseSettings,
        };
        _sampled = parts.Clock.GetElapsedTime(started);
        return plan;
    }

    private async Task<FinishedLanes> SampleAsync(SamplingPlan plan, HookRun hooks, RunNetworks networks)
    {
        var started = parts.Clock.GetTimestamp();
        observer?.OnPhase(GenerationPhase.Sampling);
        var layout = plan.Layout;
        var previews = new PreviewTaker(
            (x0, stop) => parts.Decoder.Decode(x0, layout.Height, layout.Width, stop), parts.Clock, cancellationToken);
        await using (previews.ConfigureAwait(false))
        {
            var lanes = await new LatentSampler(new ModelUNet(parts.Model), parts.Model.Noise)
                .SampleAsync(plan, hooks, networks, After, cancellationToken).ConfigureAwait(false);
            _sampled += parts.Clock.GetElapsedTime(started);
            return lanes;
        }

        void After(LaneStart start, SamplerStep step)
        {
            if (observer is null)
            {
                return;
            }

            observer.OnStep(step.Index + 1, step.Count);
            if (observer.WantsPreviews && step.Index + 1 < step.Count)
            {
                previews.AfterStep(() => start.Layout.Of(step.Denoised, start.PreviewLane).ToArray(), step.Index + 1, observer.OnPreview);
            }
        }
    }

    private async Task<HookedPicture> DecodeAsync(FinishedLanes lanes, Lane lane, HookRun hooks, RunNetworks networks)
    {
        var layout = lanes.Start.Layout;
        var z = layout.Of(lanes.Z, lane).ToArray();
        var picture = parts.Decoder.Decode(z, layout.Height, layout.Width, cancellationToken);
        return hooks.Image.Count == 0
            ? new HookedPicture(picture, [], [], [])
            : await ImageStage.RunAsync(hooks, lane, layout.Latent(lanes.Z, lane), picture, networks).ConfigureAwait(false);
    }
}
