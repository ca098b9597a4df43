namespace RegionWebUI.Diffusion.Schedules;

/// <summary>
/// The noise levels that Sabour et al. (2024, Align Your Steps) found for Stable Diffusion, in ten strides; other step counts
/// take the line through them in ln sigma. Then sigma 0. One step alone takes the lowest level, as in A1111.
/// </summary>
internal sealed class AlignYourStepsSchedule : Schedule
{
    private static readonly double[] _sd15 = [14.615, 6.475, 3.861, 2.697, 1.886, 1.396, 0.963, 0.652, 0.399, 0.152, 0.029];
    private static readonly double[] _sdxl = [14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029];

    /// <inheritdoc/>
    public override string Name => "Align Your Steps";

    /// <inheritdoc/>
    protected override double[] Table(int steps, NoiseSchedule noise, ScheduleOptions options)
    {
        var levels = options.IsSdxl ? _sdxl : _sd15;
        var places = steps == 1 ? [1] : Ramp(0, 1, steps);
        return [.. places.Select(place => Between(levels, place)), 0];
    }

    private static double Between(double[] levels, double place)
    {
        var at = place * (levels.Length - 1);
        var low = Math.Min((int)at, levels.Length - 2);
        var w = at - low;
        return Math.Exp(((1 - w) * Math.Log(levels[low])) + (w * Math.Log(levels[low + 1])));
    }
}
