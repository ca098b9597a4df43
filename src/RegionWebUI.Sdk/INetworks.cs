using RegionWebUI.Imaging;

namespace RegionWebUI.Sdk;

/// <summary>The networks of a run's model. Every call is cancelled when the run ends, however it ends.</summary>
public interface INetworks
{
    /// <summary>Conditioning of a prompt: its 77-token chunks through the text encoder.</summary>
    /// <param name="prompt">At most 32,768 characters.</param>
    /// <returns>As many chunks as the prompt needs, at least one; rows may pair prompts of different length.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<Conditioning> EncodeAsync(string prompt);

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
    /// eps of one row outside the sampler, after classifier-free guidance: for passes of an extension's own, such as an inversion.
    /// </summary>
    /// <param name="row">Prompts, guidance scale and crop; its lane is not looked at.</param>
    /// <param name="z">The state that the row crops, variance preserving, at timestep <paramref name="t"/>.</param>
    /// <param name="t">Timestep, 0..999, may be fractional.</param>
    /// <returns>eps over the row's crop, snapped outward to the UNet's granularity.</returns>
    /// <exception cref="ArgumentException">
    /// The crop is not inside <paramref name="z"/>, z has not the model's channels or a value that is no number, a conditioning is not of
    /// the model's width, or the scale or timestep is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<Latent> PredictAsync(DenoiseRow row, Latent z, double t);

    /// <summary>abar at a timestep.</summary>
    /// <param name="t">Timestep, 0..999; between two whole ones log sigma is interpolated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such timestep.</exception>
    double AlphaBar(double t);
}
