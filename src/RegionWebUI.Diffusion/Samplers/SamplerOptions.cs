namespace RegionWebUI.Diffusion.Samplers;

/// <summary>A1111's settings of a sampler. Each sampler reads those its algorithm has.</summary>
internal sealed record SamplerOptions
{
    /// <summary>Share of fresh noise in each step, 0..1: 0 is deterministic, 1 is fully ancestral (DDIM: DDPM).</summary>
    /// <value>Null takes the sampler's default: DDIM 0, Euler a 1.</value>
    public double? Eta { get; init; }

    /// <summary>Noise added over the whole run by Euler and Heun, 0 or more; Karras et al. (2022) S_churn.</summary>
    public double SChurn { get; init; }

    /// <summary>Lowest sigma at which churn works, 0 or more.</summary>
    public double STmin { get; init; }

    /// <summary>Highest sigma at which churn works, 0 or more.</summary>
    /// <value>The default is no limit.</value>
    public double STmax { get; init; } = double.PositiveInfinity;

    /// <summary>Scale of the added noise, 0 or more; 1 keeps its variance.</summary>
    /// <value>The default is 1.</value>
    public double SNoise { get; init; } = 1;

    /// <summary>Refuses values outside the ranges above.</summary>
    /// <exception cref="BadInputException">The sentence names the value and the legal range.</exception>
    public void Validate()
    {
        if (Eta is { } eta && !(eta is >= 0 and <= 1))
        {
            throw new BadInputException(nameof(Eta), $"Eta {eta} is outside 0..1.");
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
