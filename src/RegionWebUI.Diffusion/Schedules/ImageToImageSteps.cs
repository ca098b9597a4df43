namespace RegionWebUI.Diffusion.Schedules;

/// <summary>How many steps of a schedule image to image walks: A1111's rule.</summary>
/// <param name="ScheduleSteps">Steps of the whole schedule.</param>
/// <param name="Encoded">Strides from the clean end up to the start; the run has one step more.</param>
internal readonly record struct ImageToImageSteps(int ScheduleSteps, int Encoded)
{
    private const double MostNoise = 0.999;

    /// <summary>The step of the schedule that the run begins with.</summary>
    public int FirstStep => ScheduleSteps - Encoded - 1;

    /// <summary>The rule.</summary>
    /// <param name="steps">Steps asked for, 1 or more.</param>
    /// <param name="strength">Denoising strength, 0..1.</param>
    /// <param name="exact">
    /// A1111's "img2img_fix_steps": the run makes exactly the steps asked for, on a longer schedule. Else strength takes its share of them.
    /// </param>
    public static ImageToImageSteps Of(int steps, double strength, bool exact)
    {
        var share = Math.Min(strength, MostNoise);
        return exact
            ? new(share > 0 ? (int)(steps / share) : 0, steps - 1)
            : new(steps, (int)(share * steps));
    }
}
