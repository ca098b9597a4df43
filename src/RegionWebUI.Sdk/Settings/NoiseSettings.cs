namespace RegionWebUI.Sdk.Settings;

/// <summary>What a request changes about its noise, in A1111's terms.</summary>
public sealed record NoiseSettings
{
    /// <summary>Whose random numbers a seed stands for.</summary>
    public NoiseDevice Device { get; init; }

    /// <summary>
    /// Seed of the noise that is mixed in, 0..4294967295; the n-th picture of a batch takes this + n, and while any is mixed in the seed
    /// itself stays the same for all of them.
    /// </summary>
    public long VariationSeed { get; init; }

    /// <summary>Share of the variation seed's noise, 0..1; 0 mixes none in.</summary>
    public double VariationStrength { get; init; }

    /// <summary>Width in pixels of the picture whose composition the seed keeps: 0 for the picture's own, else a multiple of 8, 64..2048.</summary>
    public int ResizeWidth { get; init; }

    /// <summary>Height in pixels of the picture whose composition the seed keeps: 0 for the picture's own, else a multiple of 8, 64..2048.</summary>
    public int ResizeHeight { get; init; }

    /// <summary>A1111's ENSD, 0..4294967295: added to the seed for what ancestral samplers draw after the start noise.</summary>
    public long EtaNoiseSeedDelta { get; init; }
}
