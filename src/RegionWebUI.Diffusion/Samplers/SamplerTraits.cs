using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>What is to be known of a sampler beside its algorithm.</summary>
/// <param name="Name">The name A1111 shows and writes into the infotext.</param>
/// <param name="Aliases">Further names that A1111 takes.</param>
internal sealed record SamplerTraits(string Name, params IReadOnlyList<string> Aliases)
{
    /// <summary>What the schedule "Automatic" means for this sampler.</summary>
    public Schedule OwnSchedule { get; init; } = new UniformSchedule();

    /// <summary>Model calls of one step; the first and the last may make more or fewer.</summary>
    public int CallsPerStep { get; init; } = 1;

    /// <summary>Fewest steps of a run that the algorithm can do.</summary>
    public int FewestSteps { get; init; }

    /// <summary>Share of fresh noise where the options name none; null where the algorithm has no such share.</summary>
    public double? DefaultEta { get; init; }

    /// <summary>The algorithm reads the churn of the options and the range it works in.</summary>
    public bool HasChurn { get; init; }

    /// <summary>The algorithm scales what noise it adds by <see cref="SamplerOptions.SNoise"/>.</summary>
    public bool ScalesNoise { get; init; }

    /// <summary>The tables are one step longer and leave out the noise level before 0.</summary>
    public bool DiscardsNextToLastSigma { get; init; }

    /// <summary>Noise comes from <see cref="SamplerRun.NoiseBetween"/>.</summary>
    public bool UsesBrownianNoise { get; init; }

    /// <summary>The draws after the start noise come from a generator of its own where A1111's eta noise seed delta (ENSD) is set.</summary>
    public bool UsesEnsd { get; init; }

    /// <summary>The algorithm asks for <see cref="SamplerRun.UnguidedEps"/>: the negative prompt is run whatever the guidance scale.</summary>
    public bool UsesUnguidedEps { get; init; }

    /// <summary>What the guidance scale of every row is multiplied with.</summary>
    /// <value>The default is 1.</value>
    public double GuidanceShare { get; init; } = 1;

    /// <summary>The run begins at z_T = noise, so at x = noise / sqrt(abar_T), and not at x = sigma noise.</summary>
    public bool StartsAtZ { get; init; }
}
