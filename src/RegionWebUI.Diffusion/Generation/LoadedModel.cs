using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Diffusion.Objectives;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Gradients;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>A checkpoint opened on a device: its configurations, its tokenizer, and the sessions of its networks as they are needed.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly DiffusersFolder _folder;
    private readonly SessionCache _sessions;

    private LoadedModel(DiffusersFolder folder, IGraphRuntime runtime, MemoryOptions memory)
    {
        _folder = folder;
        _sessions = new SessionCache(memory.SessionBytes);
        Runtime = runtime;
        UNetConfig = UNetConfig.Parse(folder.UnetConfig);
        VaeConfig = VaeConfig.Parse(folder.VaeConfig);
        TextConfig = ClipTextConfig.Parse(folder.TextEncoderConfig);
        Tokenizer = ClipTokenizer.Load(folder.TokenizerPath);
        Noise = ReadNoise(folder.SchedulerConfig, out var prediction);
        Prediction = prediction;
        RequireFit();
        Objectives = new ObjectiveShelf(this, memory);
    }

    public IGraphRuntime Runtime { get; }

    public UNetConfig UNetConfig { get; }

    public VaeConfig VaeConfig { get; }

    public ClipTextConfig TextConfig { get; }

    public ClipTokenizer Tokenizer { get; }

    public NoiseSchedule Noise { get; }

    public PredictionType Prediction { get; }

    public string Name => _folder.Name;

    /// <summary>Pixels of a side the model was trained at.</summary>
    public int NativeSize => UNetConfig.SampleSize * VaeConfig.Factor;

    /// <summary>First ten hex digits of the SHA-256 of the UNet's weights.</summary>
    public string Hash(CancellationToken cancellationToken) => _folder.ModelHash(cancellationToken);

    /// <summary>Opens a model folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="runtime">Where its networks run.</param>
    /// <param name="memory">Memory that may be used; null takes <see cref="MemoryOptions.OfProcess"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="memory"/> is outside its range.</exception>
    /// <exception cref="ModelException">The folder is missing, half there, damaged, or of a kind that is not supported.</exception>
    public static LoadedModel Open(string path, IGraphRuntime runtime, MemoryOptions? memory = null)
    {
        memory ??= MemoryOptions.OfProcess();
        memory.Validate();
        return new LoadedModel(DiffusersFolder.Open(path), runtime, memory);
    }

    /// <summary>
    /// Runs the UNet session of a shape. The graph is that of one row and the rows of a batch run side by side: 0.92 of the time of one
    /// graph with batch 2 on two threads, because small ops need not wait for each other's threads.
    /// </summary>
    public void UseUNet(UNetShape shape, Action<IGraphSession> run) => Use(
        new SessionKey("unet", shape.Batch, shape.Height, shape.Width, shape.Tokens),
        () => UNet2DCondition.Build(UNetConfig, shape with { Batch = 1 }),
        _folder.Unet,
        run,
        shape.Batch);

    /// <summary>Runs the VAE decoder session of a latent size.</summary>
    public void UseVaeDecoder(int height, int width, Action<IGraphSession> run) => Use(
        new SessionKey("vae-decoder", 1, height, width, 0), () => VaeDecoder.Build(VaeConfig, 1, height, width), _folder.Vae, run);

    /// <summary>Runs the VAE encoder session of a latent size.</summary>
    public void UseVaeEncoder(int height, int width, Action<IGraphSession> run) => Use(
        new SessionKey("vae-encoder", 1, height, width, 0),
        () => VaeEncoder.Build(VaeConfig, 1, height * VaeConfig.Factor, width * VaeConfig.Factor),
        _folder.Vae,
        run);

    /// <summary>
    /// Runs the text encoder session, one chunk at a time. As in A1111 a clip skip of n takes the hidden state n layers from the end and then
    /// the final norm: a network without the layers after it.
    /// </summary>
    /// <param name="clipSkip">Checked by <see cref="RequireClipSkip"/>.</param>
    /// <param name="run">Uses the session.</param>
    public void UseTextEncoder(int clipSkip, Action<IGraphSession> run) => Use(
        new SessionKey($"text-encoder-{clipSkip}", 1, 0, 0, 1),
        () => ClipTextModel.Build(TextConfig with { Layers = TextConfig.Layers - clipSkip + 1 }, 1, ClipTextOutputs.LastHiddenState),
        _folder.TextEncoder,
        run);

    /// <summary>Full path of the model's folder.</summary>
    public string FolderPath => _folder.Path;

    /// <summary>Losses over the model's networks.</summary>
    public ObjectiveShelf Objectives { get; }

    /// <summary>Runs the session of a loss, or of another graph over the model's and the guidance networks.</summary>
    public void UseObjective(string key, Func<Graph.Graph> build, Action<IGraphSession> run) =>
        Use(new SessionKey(key, 1, 0, 0, 0), build, ObjectiveWeights(), run);

    /// <summary>Runs a loss whose gradient is taken block by block.</summary>
    public void UseObjective(string key, BlockwiseVjp blocks, Action<IGraphSession> run) => InTermsOfTheModel(() =>
    {
        using var session = new BlockwiseSession(blocks, Runtime, ObjectiveWeights(), _sessions, key);
        run(session);
    });

    /// <summary>Refuses a clip skip that leaves no layer.</summary>
    /// <exception cref="BadInputException">The model has not so many layers.</exception>
    public void RequireClipSkip(int clipSkip)
    {
        if (clipSkip < SettingsLimits.MinClipSkip || clipSkip > TextConfig.Layers)
        {
            throw new BadInputException(
                nameof(Sdk.Settings.TextSettings.ClipSkip),
                $"Clip skip must be a whole number from {SettingsLimits.MinClipSkip} to {TextConfig.Layers} with the model '{Name}', "
                + $"not {clipSkip}.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _sessions.Dispose();

    private void Use(SessionKey key, Func<Graph.Graph> build, WeightSet weights, Action<IGraphSession> run, int sideBySide = 1) =>
        Use(key, build, new CheckpointWeights(weights), run, sideBySide);

    private PartedWeights ObjectiveWeights() => new(new Dictionary<string, WeightSet>(Objectives.Guidance.Weights)
    {
        [LossBuilder.UnetRoot] = _folder.Unet,
        [LossBuilder.VaeRoot] = _folder.Vae,
    });

    private void Use(SessionKey key, Func<Graph.Graph> build, IWeightSource weights, Action<IGraphSession> run, int sideBySide = 1) =>
        InTermsOfTheModel(() => _sessions.Use(key, () => Runtime.Load(build(), weights, sideBySide), run));

    private void InTermsOfTheModel(Action use)
    {
        try
        {
            use();
        }
        catch (WeightException e)
        {
            throw new ModelException(e.Message, e);
        }
        catch (GraphException e)
        {
            throw new ModelException($"The configuration of the model '{Name}' describes no network: {e.Message}", e);
        }
        catch (RuntimeFailureException e)
        {
            throw new DeviceException(e.Message, e);
        }
    }

    /// <summary>The parts of a model must fit each other before anything is computed with them.</summary>
    private void RequireFit()
    {
        Require(
            UNetConfig.CrossAttentionDim == TextConfig.HiddenSize,
            $"its UNet wants prompts of width {UNetConfig.CrossAttentionDim}, its text encoder gives {TextConfig.HiddenSize}");
        Require(
            UNetConfig.InChannels == VaeConfig.LatentChannels && UNetConfig.OutChannels == VaeConfig.LatentChannels,
            $"its UNet takes {UNetConfig.InChannels} and gives {UNetConfig.OutChannels} latent channels, its VAE has {VaeConfig.LatentChannels} "
            + "(inpainting models cannot make pictures from text alone)");
        Require(UNetConfig.AdditionTimeDim == 0, "its UNet wants SDXL's added conditioning, which one text encoder does not give");
        Require(
            Tokenizer.ModelMaxLength == Conditioning.TokensPerChunk && TextConfig.Positions == Conditioning.TokensPerChunk,
            $"its tokenizer cuts at {Tokenizer.ModelMaxLength} tokens and its text encoder takes {TextConfig.Positions}; "
            + $"both must be {Conditioning.TokensPerChunk}");
        Require(
            Tokenizer.HighestId < TextConfig.VocabSize,
            $"its tokenizer knows ids up to {Tokenizer.HighestId}, its text encoder only {TextConfig.VocabSize}");
    }

    private void Require(bool fits, string misfit)
    {
        if (!fits)
        {
            throw new ModelException($"The model '{Name}' does not fit together: {misfit}.");
        }
    }

    private static NoiseSchedule ReadNoise(JsonElement json, out PredictionType prediction)
    {
        var read = new ConfigReader("scheduler", json);
        read.Require(read.Text("beta_schedule", "scaled_linear") == "scaled_linear", "beta_schedule", "scaled_linear");
        read.Require(!read.Flag("rescale_betas_zero_snr", false), "rescale_betas_zero_snr", "false");
        read.Require(read.IsAbsent("trained_betas"), "trained_betas", "null");
        var kind = read.Text("prediction_type", "epsilon");
        read.Require(kind is "epsilon" or "v_prediction", "prediction_type", "epsilon or v_prediction");
        prediction = kind == "epsilon" ? PredictionType.Epsilon : PredictionType.Velocity;
        return new NoiseSchedule(read.Number("beta_start", 0.00085), read.Number("beta_end", 0.012), read.Int("num_train_timesteps", 1000));
    }
}
