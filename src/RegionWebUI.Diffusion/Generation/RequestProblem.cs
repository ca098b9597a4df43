using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>One value of a request that is out of range.</summary>
/// <param name="Field">Property name of <see cref="GenerationRequest"/>.</param>
/// <param name="Message">One sentence that names the value and the legal range, or the nearest legal name.</param>
public sealed record RequestProblem(string Field, string Message);
