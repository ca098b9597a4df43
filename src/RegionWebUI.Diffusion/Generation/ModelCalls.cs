using RegionWebUI.Diffusion.Samplers;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>How often a run asks the model: what the switch steps of prompts are measured against.</summary>
public static class ModelCalls
{
    /// <summary>Model calls of a run.</summary>
    /// <param name="steps">Sampler steps, 1 or more.</param>
    /// <param name="sampler">Sampler by name or alias, letter case aside; one that is not known here makes one call a step.</param>
    public static int Of(int steps, string sampler) => steps * (SamplerCatalog.Find(sampler)?.Traits.CallsPerStep ?? 1);
}
