namespace RegionWebUI.Diffusion.Hooks;

/// <summary>
/// An extension failed whose sampler the run needs, so that it cannot go on without it as it does when only a hook fails. The message is
/// one sentence that names both. It holds no object of the extension's own.
/// </summary>
/// <param name="failure">What went wrong.</param>
/// <param name="sampler">Name of the sampler.</param>
public sealed class SamplerFailureException(HookFailure failure, string sampler)
    : Exception($"{failure?.Sentence}, and there is no picture without its sampler '{sampler}'.")
{
    /// <summary>What went wrong.</summary>
    public HookFailure Failure { get; } = failure ?? throw new ArgumentNullException(nameof(failure));

    /// <summary>The message, and all that is known of the failure.</summary>
    public override string ToString() => $"{Message}{Environment.NewLine}{Failure.Details}";
}
