using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The legal ranges of <see cref="GenerationRequest"/>, said once for the engine, the command line and the page.</summary>
public static class RequestLimits
{
    /// <summary>Characters of a prompt or negative prompt.</summary>
    public const int PromptLength = 32_768;

    /// <summary>Smallest width and height in pixels.</summary>
    public const int MinSide = 64;

    /// <summary>Largest width and height in pixels.</summary>
    public const int MaxSide = 2048;

    /// <summary>Width and height are multiples of this: one latent cell.</summary>
    public const int SideStep = 8;

    /// <summary>Fewest sampler steps.</summary>
    public const int MinSteps = 1;

    /// <summary>Most sampler steps.</summary>
    public const int MaxSteps = 1000;

    /// <summary>Smallest guidance scale; it leaves the negative prompt out.</summary>
    public const double MinCfgScale = 1;

    /// <summary>Largest guidance scale.</summary>
    public const double MaxCfgScale = 100;

    /// <summary>Smallest denoising strength.</summary>
    public const double MinStrength = 0;

    /// <summary>Largest denoising strength.</summary>
    public const double MaxStrength = 1;

    /// <summary>Smallest seed.</summary>
    public const long MinSeed = 0;

    /// <summary>Largest seed.</summary>
    public const long MaxSeed = uint.MaxValue;

    /// <summary>Fewest pictures of one run.</summary>
    public const int MinBatchSize = 1;

    /// <summary>Most pictures of one run.</summary>
    public const int MaxBatchSize = 64;

    /// <summary>Most pixels of one run, <c>width * height * batch</c>: sixteen pictures of 2048 x 2048.</summary>
    public const long MaxPixels = 16L * MaxSide * MaxSide;

    /// <summary>The schedule name that stands for the sampler's own.</summary>
    public const string AutomaticSchedule = Schedules.ScheduleCatalog.Automatic;
}
