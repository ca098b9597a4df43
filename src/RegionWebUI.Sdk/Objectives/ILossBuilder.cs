using RegionWebUI.Graph;

namespace RegionWebUI.Sdk.Objectives;

/// <summary>
/// Writes a loss over the run's networks. It is called once for a key and its shapes; what changes from step to step comes in as inputs.
/// </summary>
public interface ILossBuilder
{
    /// <summary>Pixels of a side of a latent cell.</summary>
    int Cell { get; }

    /// <summary>Width and height that CLIP's vision half was trained at, in pixels.</summary>
    /// <exception cref="ArgumentException">The model's folder has no CLIP.</exception>
    int ClipSize { get; }

    /// <summary>Width of CLIP's embeddings.</summary>
    /// <exception cref="ArgumentException">The model's folder has no CLIP.</exception>
    int ClipWidth { get; }

    /// <summary>A tensor that is given at every evaluation.</summary>
    /// <param name="name">Its name; the same name gives the same expression.</param>
    /// <param name="dims">Its shape; none for a scalar.</param>
    Expr Input(string name, params int[] dims);

    /// <summary>A fixed table.</summary>
    /// <param name="values">Row-major values.</param>
    /// <param name="dims">Its shape.</param>
    Expr Constant(float[] values, params int[] dims);

    /// <summary>Pictures [N, 3, H, W] in -1..1 (not limited) of latents [N, C, h, w] in the UNet's scale, through the VAE decoder.</summary>
    Expr Decode(Expr z);

    /// <summary>
    /// CLIP's projected embeddings [N, P], not normalised, of pictures [N, 3, H, W] in 0..1, sides multiples of the patch. Its mean and
    /// deviation are taken care of.
    /// </summary>
    /// <exception cref="ArgumentException">The model's folder has no CLIP.</exception>
    Expr ClipImage(Expr pixels);

    /// <summary>CLIPSeg's logits [N, H, W] of pictures in 0..1 for a text's embedding [N, P].</summary>
    /// <exception cref="ArgumentException">The model's folder has no CLIPSeg.</exception>
    Expr ClipSeg(Expr pixels, Expr text);

    /// <summary>LPIPS [N, 1, 1, 1] of two pictures in -1..1.</summary>
    /// <exception cref="ArgumentException">The model's folder has no LPIPS.</exception>
    Expr Lpips(Expr a, Expr b);

    /// <summary>
    /// The UNet's prediction [N, C, h, w] for z, timesteps [N] and conditioning [N, tokens, D]: what the model was trained to predict, eps or
    /// v = sqrt(abar) eps - sqrt(1 - abar) x0.
    /// </summary>
    Expr Unet(Expr z, Expr t, Expr conditioning);

    /// <summary>eps [N, C, h, w] by the UNet, whichever it predicts: of v it is sqrt(abar) v + sqrt(1 - abar) z.</summary>
    /// <param name="z">States [N, C, h, w], variance preserving.</param>
    /// <param name="t">Timesteps [N].</param>
    /// <param name="conditioning">[N, tokens, D].</param>
    /// <param name="abar">abar of the timesteps, [N, 1, 1, 1] or [1, 1, 1, 1].</param>
    Expr Eps(Expr z, Expr t, Expr conditioning, Expr abar);
}
