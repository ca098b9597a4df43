namespace RegionWebUI.Diffusion.Hooks;

/// <summary>A hook of an extension failed; the run starts once more without the extension.</summary>
internal sealed class HookException(HookFailure failure, Exception cause) : Exception(failure.Message, cause)
{
    public HookFailure Failure { get; } = failure;
}
