using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>The default of the combine stage: one prediction of a row from its conditional and unconditional ones.</summary>
internal static class ClassifierFreeGuidance
{
    /// <summary>eps of the row.</summary>
    public static Latent Combine(RowPrediction prediction)
    {
        var conditional = prediction.Conditional;
        if (prediction.Unconditional is not { } unconditional)
        {
            return conditional;
        }

        var scale = prediction.Row.CfgScale;

        // Ho & Salimans (2022), Eq. (6), with s = 1 + w: eps = eps_u + s (eps_c - eps_u).
        return Latent.Zip(conditional, unconditional, (c, u) => u + (scale * (c - u)));
    }
}
