using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Schedules;

/// <summary>What a user may change about a schedule. Null takes the schedule's own value.</summary>
internal sealed record ScheduleOptions
{
    /// <summary>A1111's "use_old_karras_scheduler_sigmas": the range that it gave Karras before version 1.</summary>
    public static ScheduleOptions OldKarras { get; } = new() { SigmaMin = 0.1, SigmaMax = 10 };

    /// <summary>Curvature of Karras and Polyexponential, above 0; larger puts more steps near the clean end.</summary>
    /// <value>The default is 7 for Karras, 1 for Polyexponential.</value>
    public double? Rho { get; init; }

    /// <summary>Lowest noise level before 0, above 0.</summary>
    /// <value>The default is the model's.</value>
    public double? SigmaMin { get; init; }

    /// <summary>Highest noise level, above <see cref="SigmaMin"/>.</summary>
    /// <value>The default is the model's.</value>
    public double? SigmaMax { get; init; }

    /// <summary>First shape of the Beta schedule, above 0.</summary>
    /// <value>The default is 0.6.</value>
    public double? BetaAlpha { get; init; }

    /// <summary>Second shape of the Beta schedule, above 0.</summary>
    /// <value>The default is 0.6.</value>
    public double? BetaBeta { get; init; }

    /// <summary>What the strides of UniPC's own table are equal in.</summary>
    public UniPcSkip UniPcSkip { get; init; }

    /// <summary>The checkpoint is of the XL family: Align Your Steps takes the levels found for it.</summary>
    public bool IsSdxl { get; init; }

    /// <summary>
    /// Ends the own table of DDIM and PLMS at timestep 1 instead of making the model call there, as A1111 does. Such a run has one
    /// step fewer than timesteps; asked for one step it makes none.
    /// </summary>
    public bool DropLastCall { get; init; }

    /// <summary>Makes the table one step longer and leaves out the noise level before 0.</summary>
    public bool DiscardNextToLastSigma { get; init; }

    /// <summary>Refuses values no table can be made of.</summary>
    /// <exception cref="BadInputException">The sentence names the value and the legal range.</exception>
    public void Validate(NoiseSchedule noise)
    {
        if (Rho is { } rho && !(rho > 0 && double.IsFinite(rho)))
        {
            throw new BadInputException("Schedule", $"Schedule rho {rho} is not a number above 0.");
        }

        foreach (var (name, shape) in new[] { ("alpha", BetaAlpha), ("beta", BetaBeta) })
        {
            if (shape is { } value && !(value > 0 && double.IsFinite(value)))
            {
                throw new BadInputException("Schedule", $"Beta schedule {name} {value} is not a number above 0.");
            }
        }

        var (min, max) = (SigmaMin ?? noise.SigmaMin, SigmaMax ?? noise.SigmaMax);
        if (!(min > 0 && min < max && double.IsFinite(max)))
        {
            throw new BadInputException("Schedule", $"Schedule min sigma {min} and max sigma {max} are not in order above 0.");
        }
    }
}
