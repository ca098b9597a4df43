namespace RegionWebUI.Diffusion.Schedules;

/// <summary>A polynomial of ln sigma, then sigma 0: k-diffusion's polyexponential schedule. Rho 1 is the exponential one.</summary>
internal sealed class PolyexponentialSchedule : Schedule
{
    private const double OwnRho = 1;

    /// <inheritdoc/>
    public override string Name => "Polyexponential";

    /// <inheritdoc/>
    public override bool HasRange => true;

    /// <inheritdoc/>
    public override double? DefaultRho => OwnRho;

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var rho = options.Rho ?? OwnRho;
        var (low, high) = (Math.Log(options.SigmaMin ?? noise.SigmaMin), Math.Log(options.SigmaMax ?? noise.SigmaMax));
        return [.. Ramp(1, 0, steps).Select(ramp => Math.Exp((Math.Pow(ramp, rho) * (high - low)) + low)), 0];
    }
}
