namespace RegionWebUI.Host.Parameters;

/// <summary>Where people look for a parameter.</summary>
public enum ParameterGroup
{
    /// <summary>What every run is asked for.</summary>
    Main,

    /// <summary>What departs from one seed, one noise.</summary>
    Seed,

    /// <summary>How prompts are read.</summary>
    Text,

    /// <summary>What a sampler or a schedule can be told.</summary>
    Sampler,
}
