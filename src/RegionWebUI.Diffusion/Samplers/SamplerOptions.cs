using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>A1111's settings of a sampler. Each sampler reads those its algorithm has.</summary>
internal sealed record SamplerOptions
{
    /// <summary>Share of fresh noise in each step, 0..1: 0 is deterministic, 1 is fully ancestral (DDIM: DDPM).</summary>
    /// <value>Null takes the sampler's default: 0 for DDIM, 1 for the ancestral and the SDE samplers.</value>
    public double? Eta { get; init; }

    /// <summary>Noise added over the whole run by Euler, Heun and DPM2, 0 or more; Karras et al. (2022) S_churn.</summary>
    public double SChurn { get; init; }

    /// <summary>Lowest sigma at which churn works, 0 or more.</summary>
    public double STmin { get; init; }

    /// <summary>Highest sigma at which churn works, 0 or more.</summary>
    /// <value>The default is no limit.</value>
    public double STmax { get; init; } = double.PositiveInfinity;

    /// <summary>Scale of the added noise, 0 or more; 1 keeps its variance.</summary>
    /// <value>The default is 1.</value>
    public double SNoise { get; init; } = 1;

    /// <summary>How UniPC weighs its past predictions.</summary>
    public UniPcVariant UniPcVariant { get; init; }

    /// <summary>Order of UniPC, 1..50: how many predictions it looks back on. A run has at least as many steps.</summary>
    /// <value>The default is 3.</value>
    public int UniPcOrder { get; init; } = 3;

    /// <summary>UniPC falls back to lower orders in its last steps, which keeps short runs stable.</summary>
    /// <value>The default is true.</value>
    public bool UniPcLowerOrderFinal { get; init; } = true;

    /// <summary>Refuses values outside the ranges above.</summary>
    /// <exception cref="BadInputException">The sentence names the value and the legal range.</exception>
    public void Validate()
    {
        if (Eta is { } eta && !(eta is >= 0 and <= 1))
        {
            throw new BadInputException(nameof(Eta), $"Eta {eta} is outside 0..1.");
        }

        if (UniPcOrder is < 1 or > 50)
        {
            throw new BadInputException(nameof(UniPcOrder), $"UniPC order {UniPcOrder} is outside 1..50.");
        }

        Refuse(nameof(SChurn), "Sigma churn", SChurn, double.MaxValue);
        Refuse(nameof(STmin), "Sigma tmin", STmin, double.MaxValue);
        Refuse(nameof(STmax), "Sigma tmax", STmax, double.PositiveInfinity);
        Refuse(nameof(SNoise), "Sigma noise", SNoise, double.MaxValue);
    }

    private static void Refuse(string field, string name, double value, double largest)
    {
        if (!(value >= 0 && value <= largest))
        {
            throw new BadInputException(field, $"{name} {value} is not a number of 0 or more.");
        }
    }
}
