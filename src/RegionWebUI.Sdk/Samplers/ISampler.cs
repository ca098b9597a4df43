namespace RegionWebUI.Sdk.Samplers;

/// <summary>
/// An update rule from noise to picture, chosen by name like the program's own. One object serves every run, also two at once: what
/// belongs to a run stands in variables of <see cref="SampleAsync"/>.
/// </summary>
public interface ISampler
{
    /// <summary>
    /// The name in lists, on the command line and in the infotext: 1..40 ASCII letters, digits, spaces and <c>+ - . _ ( )</c>, from a letter
    /// or digit on, and unlike those of all other samplers, letter case aside. Read once, when the sampler is registered.
    /// </summary>
    string Name { get; }

    /// <summary>Further names that are taken for it, of the same form; lists do not show them.</summary>
    /// <value>The default is none.</value>
    IReadOnlyList<string> Aliases => [];

    /// <summary>Model calls of one step, 1..100, as people are told: what a step costs.</summary>
    /// <value>The default is 1.</value>
    int CallsPerStep => 1;

    /// <summary>
    /// Walks down all noise levels. Each step asks for the denoised state at least once and then ends, with exactly one
    /// <see cref="SamplerContext.AfterStepAsync"/>; the last state that gave is the result.
    /// </summary>
    /// <param name="c">The start, the way down, and what can be asked of the run.</param>
    /// <returns>The state after the last step, as <see cref="SamplerContext.AfterStepAsync"/> gave it.</returns>
    Task<double[]> SampleAsync(SamplerContext c);
}
