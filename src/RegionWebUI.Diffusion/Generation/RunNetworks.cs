using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Objectives;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Graph;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The networks of a run, as hooks see them. The work is done on a thread of the pool.</summary>
internal sealed class RunNetworks(
    LoadedModel model,
    PromptEncoder prompts,
    PromptLanguage language,
    PictureEncoder encoder,
    PictureDecoder decoder,
    CancellationToken cancellationToken) : INetworks
{
    private const int MostChunks = 1000;

    /// <inheritdoc/>
    public Task<Conditioning> EncodeAsync(string prompt, int leastChunks = 1)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (prompt.Length > RequestLimits.PromptLength)
        {
            throw new ArgumentException($"A prompt may have at most {RequestLimits.PromptLength} characters, not {prompt.Length}.", nameof(prompt));
        }

        if (leastChunks is < 1 or > MostChunks)
        {
            throw new ArgumentOutOfRangeException(nameof(leastChunks), $"The number of chunks is {leastChunks}; it must be from 1 to {MostChunks}.");
        }

        return Task.Run(
            () =>
            {
                var text = Read(prompt);
                return prompts.Encode(
                    text.PaddedTo(prompts.Tokenizer, Math.Max(text.Count, leastChunks)), language.Text, cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Latent> EncodeAsync(Image picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Task.Run(() => encoder.Encode(picture, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Image> DecodeAsync(Latent z)
    {
        RequireLatent(z);
        return Task.Run(
            () => decoder.Decode(Array.ConvertAll(z.Data.ToArray(), value => (double)value), z.Height, z.Width, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Latent>> PredictAsync(IReadOnlyList<DenoiseRow> rows, Latent z, double t)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireLatent(z);
        RequireTimestep(t);
        var lane = new Lane(0, "pass of its own");
        var own = rows.Select(row => row is null ? throw new ArgumentException("A row is null.") : row with { Lane = lane }).ToArray();
        foreach (var row in own)
        {
            RowRules.Check(row, z.Frame, model.UNetConfig.CrossAttentionDim);
        }

        return Task.Run(() => Predict(own, lane, z, t), cancellationToken);
    }

    /// <inheritdoc/>
    public IObjective Objective(string key, Func<ILossBuilder, Expr> loss, params string[] wrt) =>
        model.Objectives.Take(key, loss, wrt, cancellationToken);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<float>> ClipTextAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Task.Run(() => (ReadOnlyMemory<float>)new ClipTextEncoder(model).Encode(text, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public double AlphaBar(double t)
    {
        RequireTimestep(t);
        var sigma = model.Noise.Sigma(t);
        return Schedules.NoiseSchedule.AlphaBarOf(sigma);
    }

    /// <inheritdoc/>
    public double Timestep(double sigma) => sigma >= 0
        ? model.Noise.T(sigma)
        : throw new ArgumentOutOfRangeException(nameof(sigma), $"The noise level is {sigma}; it must be a number of 0 or more.");

    // What the networks cannot take is said here, where it is the caller's error and not the device's or the model's.
    private void RequireLatent(Latent z)
    {
        ArgumentNullException.ThrowIfNull(z);
        if (z.Channels != model.VaeConfig.LatentChannels)
        {
            throw new ArgumentException($"A latent of {z.Channels} channels is none of this model, which has {model.VaeConfig.LatentChannels}.");
        }

        new LaneLayout([], z.Channels, z.Height, z.Width).Require(z, "The latent");
    }

    private void RequireTimestep(double t)
    {
        if (!(t >= 0 && t <= model.Noise.Count - 1))
        {
            throw new ArgumentOutOfRangeException(nameof(t), $"The timestep is {t}; it must be from 0 to {model.Noise.Count - 1}.");
        }
    }

    private WeightedChunks Read(string prompt)
    {
        try
        {
            return language.ReadOneCall(prompts.Tokenizer, prompt);
        }
        catch (PromptException error)
        {
            throw new ArgumentException(PromptRules.At("The prompt", error.Span, error.Message), nameof(prompt), error);
        }
    }

    private IReadOnlyList<Latent> Predict(DenoiseRow[] rows, Lane lane, Latent z, double t)
    {
        var layout = new LaneLayout([lane], z.Channels, z.Height, z.Width);
        var sigma = model.Noise.Sigma(t);
        var alphaBar = Schedules.NoiseSchedule.AlphaBarOf(sigma);
        var step = new StepInfo(0, 1, 0, t, sigma, 0, alphaBar, 1, 1 - alphaBar);
        var values = Array.ConvertAll(z.Data.ToArray(), value => (double)value);
        var predictions = new RowBatcher(new ModelUNet(model), layout).Run(rows, values, step, cancellationToken);
        return [.. predictions.Select(ClassifierFreeGuidance.Combine)];
    }
}
