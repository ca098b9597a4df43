using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// UniPC's own table: from the last timestep to timestep 0, with as many strides as DDIM has timesteps (30 gives 31, as in A1111).
/// Between entries of the model's table ln abar is interpolated, as in the released DPM-Solver and UniPC.
/// </summary>
internal sealed class UniPcSchedule : Schedule
{
    /// <inheritdoc/>
    public override string Name => "UniPC";

    /// <summary>The table of <paramref name="strides"/> strides that starts at timestep <paramref name="start"/>.</summary>
    /// <param name="start">0..Count-1, fractional too.</param>
    /// <param name="strides">1 or more; the table has one entry more.</param>
    /// <param name="skip">What the strides are equal in.</param>
    /// <param name="noise">The model's schedule.</param>
    public static double[] From(double start, int strides, UniPcSkip skip, NoiseSchedule noise)
    {
        // Continuous time runs to 1 at the last timestep and to 1 / Count at timestep 0.
        double count = noise.Count;
        var (first, last) = ((start + 1) / count, 1 / count);
        return skip switch
        {
            UniPcSkip.LogSnr => [.. Ramp(Math.Log(noise.SigmaByLogAlpha(start)), Math.Log(noise.SigmaMin), strides + 1).Select(Math.Exp)],
            UniPcSkip.TimeQuadratic => [.. Ramp(Math.Sqrt(first), Math.Sqrt(last), strides + 1).Select(root => Sigma(root * root))],
            _ => [.. Ramp(first, last, strides + 1).Select(Sigma)],
        };

        double Sigma(double time) => noise.SigmaByLogAlpha((time * count) - 1);
    }

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options) =>
        From(noise.Count - 1, DdimSchedule.Timesteps(steps, noise.Count).Length, options.UniPcSkip, noise);
}
