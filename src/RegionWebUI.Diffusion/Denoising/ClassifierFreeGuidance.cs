namespace RegionWebUI.Diffusion.Denoising;

/// <summary>The default of the combine stage: one prediction of a row from its conditional and unconditional ones.</summary>
internal static class ClassifierFreeGuidance
{
    /// <summary>eps of the row.</summary>
    public static double[] Combine(RowPrediction prediction)
    {
        var eps = new double[prediction.Conditional.Length];
        for (var i = 0; i < eps.Length; i++)
        {
            // Ho & Salimans (2022), Eq. (6), with s = 1 + w: eps = eps_u + s (eps_c - eps_u).
            var unconditional = prediction.Unconditional is { } u ? u[i] : prediction.Conditional[i];
            eps[i] = unconditional + prediction.Row.CfgScale * ((double)prediction.Conditional[i] - unconditional);
        }

        return eps;
    }
}
