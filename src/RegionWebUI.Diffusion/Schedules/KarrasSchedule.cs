namespace RegionWebUI.Diffusion.Schedules;

/// <summary>The noise levels of Karras et al. (2022), Eq. (5), then sigma 0.</summary>
internal sealed class KarrasSchedule : Schedule
{
    private const double OwnRho = 7;

    /// <inheritdoc/>
    public override string Name => "Karras";

    /// <inheritdoc/>
    public override bool HasRange => true;

    /// <inheritdoc/>
    public override double? DefaultRho => OwnRho;

    /// <summary>Falling levels from one to the other, both included; a single one is the first.</summary>
    public static double[] Between(double sigmaMax, double sigmaMin, int count, double rho = OwnRho)
    {
        double[] sigmas = [.. Ramp(Math.Pow(sigmaMax, 1 / rho), Math.Pow(sigmaMin, 1 / rho), count).Select(root => Math.Pow(root, rho))];

        // Root and power leave a last bit; the ends are to be met exactly.
        sigmas[^1] = sigmaMin;
        sigmas[0] = sigmaMax;
        return sigmas;
    }

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options) =>
        [.. Between(options.SigmaMax ?? noise.SigmaMax, options.SigmaMin ?? noise.SigmaMin, steps, options.Rho ?? OwnRho), 0];
}
