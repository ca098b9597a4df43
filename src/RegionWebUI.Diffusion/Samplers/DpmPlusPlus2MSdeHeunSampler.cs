namespace RegionWebUI.Diffusion.Samplers;

/// <summary>DPM++ 2M SDE with the slope taken over the whole stride instead of at its midpoint: k-diffusion's solver type "heun".</summary>
internal sealed class DpmPlusPlus2MSdeHeunSampler : DpmPlusPlus2MSdeSampler
{
    /// <inheritdoc/>
    public override string Name => "DPM++ 2M SDE Heun";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["k_dpmpp_2m_sde_heun"];

    // The integral of exp(lambda - lambda_next) (lambda - lambda_start) over the stride, divided by the stride: phi_2.
    /// <inheritdoc/>
    protected override double SlopeWeight(double h) => 1 - ((1 - Math.Exp(-h)) / h);
}
