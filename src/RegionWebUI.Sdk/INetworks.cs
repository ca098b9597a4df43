using RegionWebUI.Graph;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Sdk;

/// <summary>The networks of a run's model. Every call is cancelled when the run ends, however it ends.</summary>
public interface INetworks
{
    /// <summary>
    /// Conditioning of a prompt: its 77-token chunks through the text encoder. The prompt is read as one model call of the run reads it, with
    /// the run's <see cref="GenerationRequest.TextSettings"/>: weights, escapes, comments and BREAK count, network tags are left out, of
    /// <c>[a:b:5]</c> and <c>[a|b]</c> the text of the first call is taken, and AND is a word. For several texts over the steps, or several
    /// sub-prompts, encode each and plan rows with them.
    /// </summary>
    /// <param name="prompt">At most 32,768 characters.</param>
    /// <param name="leastChunks">Empty chunks follow until there are so many, 1..1000: prompts of one length share a UNet call.</param>
    /// <returns>As many chunks as the prompt needs, or more; rows may pair prompts of different length.</returns>
    /// <exception cref="ArgumentException">
    /// The prompt is too long, a weight or switch step in it cannot be used, or the number of chunks is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<Conditioning> EncodeAsync(string prompt, int leastChunks = 1);

    /// <summary>The picture as a latent in the UNet's scale: the mean of the VAE's posterior, times its scaling factor.</summary>
    /// <param name="picture">Both sides multiples of 8 pixels.</param>
    /// <exception cref="ArgumentException">A side is not a multiple of a cell.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<Latent> EncodeAsync(Image picture);

    /// <summary>The picture of a latent in the UNet's scale, through the VAE decoder.</summary>
    /// <param name="z">A clean latent (x0, or z at the end of a run) of finite values.</param>
    /// <exception cref="ArgumentException">It has not the model's channels, or a value is no number.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<Image> DecodeAsync(Latent z);

    /// <summary>
    /// eps of rows outside the sampler, after classifier-free guidance: for passes of an extension's own, such as an inversion. Rows of
    /// equal shape run as one UNet call.
    /// </summary>
    /// <param name="rows">Prompts, guidance scales and crops; their lanes and weights are not looked at.</param>
    /// <param name="z">The state that the rows crop, variance preserving, at timestep <paramref name="t"/>.</param>
    /// <param name="t">Timestep, 0..999, may be fractional.</param>
    /// <returns>eps over each row's crop, snapped outward to the UNet's granularity, in the order of the rows.</returns>
    /// <exception cref="ArgumentException">A row cannot run, <paramref name="z"/> is no latent of this model, or t is out of range.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<IReadOnlyList<Latent>> PredictAsync(IReadOnlyList<DenoiseRow> rows, Latent z, double t);

    /// <summary>eps of one row.</summary>
    /// <inheritdoc cref="PredictAsync(IReadOnlyList{DenoiseRow}, Latent, double)"/>
    /// <param name="row">Prompt, guidance scale and crop.</param>
    /// <param name="z">The state that the row crops.</param>
    /// <param name="t">Timestep, 0..999.</param>
    async Task<Latent> PredictAsync(DenoiseRow row, Latent z, double t) => (await PredictAsync([row], z, t).ConfigureAwait(false))[0];

    /// <summary>
    /// A loss over the networks, with its gradients. It is written when this is called and differentiated and compiled once per key and
    /// shapes: what changes between steps must come in as inputs.
    /// </summary>
    /// <param name="key">Names the loss; begin it with the extension's id. One key always writes the same formula.</param>
    /// <param name="loss">Writes it: one number.</param>
    /// <param name="wrt">Names of the inputs whose gradients are wanted, at least one.</param>
    /// <exception cref="ArgumentException">
    /// The loss is no single number, wants a network that the model's folder has not, or has no derivative.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">Its gradient needs more memory than there is; the sentence says how much.</exception>
    IObjective Objective(string key, Func<ILossBuilder, Expr> loss, params string[] wrt);

    /// <summary>CLIP's projected embedding of a text, not normalised: what <see cref="ILossBuilder.ClipImage"/> is compared with.</summary>
    /// <param name="text">Plain text; what is beyond 75 tokens is cut off.</param>
    /// <returns>As many values as <see cref="ILossBuilder.ClipWidth"/>.</returns>
    /// <exception cref="ArgumentException">The model's folder has no CLIP.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<ReadOnlyMemory<float>> ClipTextAsync(string text);

    /// <summary>The timestep of a noise level: the inverse of <see cref="AlphaBar"/> in sigma = sqrt((1 - abar) / abar).</summary>
    /// <param name="sigma">Noise level, 0 or more, as <see cref="Hooks.StartContext.Sigmas"/> has it.</param>
    /// <returns>0..999; a level outside the model's table gives the nearest end.</returns>
    double Timestep(double sigma);

    /// <summary>abar at a timestep.</summary>
    /// <param name="t">Timestep, 0..999; between two whole ones log sigma is interpolated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such timestep.</exception>
    double AlphaBar(double t);
}
