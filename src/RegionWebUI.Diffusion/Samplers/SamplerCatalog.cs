namespace RegionWebUI.Diffusion.Samplers;

/// <summary>The samplers a user may name.</summary>
internal static class SamplerCatalog
{
    private static readonly Sampler[] _samplers =
    [
        new DpmPlusPlus2MSampler(),
        new DpmPlusPlusSdeSampler(),
        new DpmPlusPlus2MSdeSampler(),
        new DpmPlusPlus2MSdeHeunSampler(),
        new DpmPlusPlus2SAncestralSampler(),
        new DpmPlusPlus3MSdeSampler(),
        new EulerAncestralSampler(),
        new EulerSampler(),
        new LmsSampler(),
        new HeunSampler(),
        new Dpm2Sampler(),
        new Dpm2AncestralSampler(),
        new DpmFastSampler(),
        new DpmAdaptiveSampler(),
        new RestartSampler(),
        new DdimSampler(),
        new DdimCfgPlusPlusSampler(),
        new PlmsSampler(),
        new UniPcSampler(),
        new LcmSampler(),
    ];

    /// <summary>All names, without the aliases, in the order in which A1111 lists them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _samplers.Select(s => s.Name)];

    /// <summary>Further names that <see cref="Resolve"/> takes.</summary>
    public static IReadOnlyList<string> Aliases { get; } = [.. _samplers.SelectMany(s => s.Aliases)];

    /// <summary>The sampler of this A1111 name or alias, letter case aside; null when there is none.</summary>
    public static Sampler? Find(string name) =>
        _samplers.FirstOrDefault(s => s.Aliases.Prepend(s.Name).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>The sampler of this A1111 name or alias, letter case aside.</summary>
    /// <exception cref="BadInputException">No sampler has this name; the sentence says which is nearest.</exception>
    public static Sampler Resolve(string name) =>
        Find(name)
        ?? throw new BadInputException("Sampler", NameSuggestion.Unknown("sampler", name, Names));
}
