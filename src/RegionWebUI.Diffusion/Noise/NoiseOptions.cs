using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Noise;

/// <summary>What departs from "one seed, one noise" in a picture's noise.</summary>
internal sealed record NoiseOptions
{
    /// <summary>Whose random numbers the seeds stand for.</summary>
    public NoiseDevice Device { get; init; }

    /// <summary>Seed of the noise that is mixed in; null where <see cref="VariationStrength"/> is 0.</summary>
    public long? VariationSeed { get; init; }

    /// <summary>Share of the variation seed's noise, 0..1.</summary>
    public double VariationStrength { get; init; }

    /// <summary>
    /// Latent height and width the start noise is drawn at, to keep the composition of a picture of that size; null draws at the
    /// picture's own size.
    /// </summary>
    public (int Height, int Width)? ResizeFrom { get; init; }

    /// <summary>A1111's ENSD: added to the seed for all draws after the start noise. 0 goes on with the start noise's generator.</summary>
    public long EtaNoiseSeedDelta { get; init; }

    /// <summary>Refuses values outside the ranges above.</summary>
    /// <exception cref="BadInputException">The sentence names the value and the legal range.</exception>
    public void Validate()
    {
        if (!(VariationStrength is >= 0 and <= 1))
        {
            throw new BadInputException(nameof(VariationStrength), $"Variation strength {VariationStrength} is outside 0..1.");
        }

        if (ResizeFrom is { } size && (size.Height < 1 || size.Width < 1))
        {
            throw new BadInputException(nameof(ResizeFrom), $"Seed resize from {size.Width} x {size.Height} latent cells is empty.");
        }
    }
}
