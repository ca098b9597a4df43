namespace RegionWebUI.Sdk.Settings;

/// <summary>
/// What a request changes about its sampler and schedule, in A1111's terms. What a sampler or schedule does not have is not read.
/// </summary>
public sealed record SamplerSettings
{
    /// <summary>Share of fresh noise in each step, 0..1: 0 is deterministic, 1 fully ancestral.</summary>
    /// <value>Null takes the sampler's own: 0 for DDIM, 1 for the ancestral and the SDE samplers.</value>
    public double? Eta { get; init; }

    /// <summary>Noise added over the whole run by Euler, Heun and DPM2, 0..100; Karras et al. (2022) S_churn.</summary>
    public double SigmaChurn { get; init; }

    /// <summary>Lowest sigma at which churn works, 0..10.</summary>
    public double SigmaTmin { get; init; }

    /// <summary>Highest sigma at which churn works, 0..999; 0 is no limit.</summary>
    public double SigmaTmax { get; init; }

    /// <summary>Scale of the added noise, 0..1.1; 1 keeps its variance.</summary>
    /// <value>The default is 1.</value>
    public double SigmaNoise { get; init; } = 1;

    /// <summary>Curvature of Karras and Polyexponential, 0..100; 0 takes the schedule's own.</summary>
    public double ScheduleRho { get; init; }

    /// <summary>Lowest noise level before 0, 0..10; 0 takes the model's.</summary>
    public double ScheduleSigmaMin { get; init; }

    /// <summary>Highest noise level, 0..50; 0 takes the model's.</summary>
    public double ScheduleSigmaMax { get; init; }

    /// <summary>First shape of the Beta schedule, 0.01..1.</summary>
    /// <value>The default is 0.6.</value>
    public double BetaAlpha { get; init; } = 0.6;

    /// <summary>Second shape of the Beta schedule, 0.01..1.</summary>
    /// <value>The default is 0.6.</value>
    public double BetaBeta { get; init; } = 0.6;

    /// <summary>Makes the table one step longer and leaves out the noise level before 0 ("Discard penultimate sigma").</summary>
    public bool DiscardNextToLastSigma { get; init; }

    /// <summary>Ends DDIM and PLMS at timestep 1 without the model call there, as A1111 does.</summary>
    public bool DropLastCall { get; init; }

    /// <summary>How UniPC weighs its past predictions.</summary>
    public UniPcVariant UniPcVariant { get; init; }

    /// <summary>What the strides of UniPC's own table are equal in.</summary>
    public UniPcSkip UniPcSkip { get; init; }

    /// <summary>Order of UniPC, 1..50: how many predictions it looks back on. A run has at least as many steps.</summary>
    /// <value>The default is 3.</value>
    public int UniPcOrder { get; init; } = 3;

    /// <summary>UniPC falls back to lower orders in its last steps, which keeps short runs stable.</summary>
    /// <value>The default is true.</value>
    public bool UniPcLowerOrderFinal { get; init; } = true;
}
