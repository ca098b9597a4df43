namespace RegionWebUI.Diffusion.Schedules;

/// <summary>The noise levels of Karras et al. (2022), Eq. (5), then sigma 0.</summary>
internal sealed class KarrasSchedule : Schedule
{
    private const double DefaultRho = 7;

    /// <inheritdoc/>
    public override string Name => "Karras";

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var rho = options.Rho ?? DefaultRho;
        var minInvRho = Math.Pow(options.SigmaMin ?? noise.SigmaMin, 1 / rho);
        var maxInvRho = Math.Pow(options.SigmaMax ?? noise.SigmaMax, 1 / rho);
        var sigmas = new double[steps + 1];
        for (var i = 0; i < steps; i++)
        {
            var ramp = steps == 1 ? 0 : i / (double)(steps - 1);
            sigmas[i] = Math.Pow(maxInvRho + (ramp * (minInvRho - maxInvRho)), rho);
        }

        return sigmas;
    }
}
