namespace RegionWebUI.Diffusion.Samplers;

/// <summary>DPM++ 2M SDE with the slope taken over the whole stride instead of at its midpoint: k-diffusion's solver type "heun".</summary>
internal sealed class DpmPlusPlus2MSdeHeunSampler() : DpmPlusPlus2MSdeSampler(Of("DPM++ 2M SDE Heun", "k_dpmpp_2m_sde_heun"))
{
    /// <summary>The integral of exp(lambda - lambda_next) (lambda - lambda_start) over the stride, divided by the stride.</summary>
    protected override double SlopeWeight(double h) => 1 - ((1 - Math.Exp(-h)) / h);
}
