using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>
/// The legal ranges of <see cref="SamplerSettings"/>, <see cref="NoiseSettings"/> and <see cref="TextSettings"/>: those of A1111's controls.
/// </summary>
public static class SettingsLimits
{
    /// <summary>Most churn.</summary>
    public const double MaxSigmaChurn = 100;

    /// <summary>Highest level below which churn can be kept out.</summary>
    public const double MaxSigmaTmin = 10;

    /// <summary>Highest level above which churn can be kept out.</summary>
    public const double MaxSigmaTmax = 999;

    /// <summary>Largest scale of added noise.</summary>
    public const double MaxSigmaNoise = 1.1;

    /// <summary>Largest curvature of a schedule.</summary>
    public const double MaxRho = 100;

    /// <summary>Highest level for the low end of a schedule.</summary>
    public const double MaxSigmaMin = 10;

    /// <summary>Highest level for the high end of a schedule.</summary>
    public const double MaxSigmaMax = 50;

    /// <summary>Smallest shape of the Beta schedule.</summary>
    public const double MinBeta = 0.01;

    /// <summary>Largest shape of the Beta schedule.</summary>
    public const double MaxBeta = 1;

    /// <summary>Lowest order of UniPC.</summary>
    public const int MinUniPcOrder = 1;

    /// <summary>Highest order of UniPC.</summary>
    public const int MaxUniPcOrder = 50;

    /// <summary>The last layer of the text encoder.</summary>
    public const int MinClipSkip = 1;

    /// <summary>The layer furthest from the end; a model with fewer layers refuses what it has not.</summary>
    public const int MaxClipSkip = 12;
}
