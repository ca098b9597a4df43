using RegionWebUI.Diffusion.Hooks;

namespace RegionWebUI.Api;

/// <summary>An extension that a run went on without, as the API shows it.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Version">Its version.</param>
/// <param name="Stage">create, start, sample, plan, combine, fuse, guide, blend or image.</param>
/// <param name="Step">Sampler step, from 0; null before the first and after the last.</param>
/// <param name="Message">What went wrong, in one line.</param>
internal sealed record HookFailureView(string Extension, string Version, string Stage, int? Step, string Message)
{
    /// <summary>The view of a failure.</summary>
    internal static HookFailureView Of(HookFailure failure) => new(
        failure.Extension,
        failure.Version,
        ApiJson.Name(failure.Kind.ToString()),
        failure.Step >= 0 ? failure.Step : null,
        failure.Message);
}
