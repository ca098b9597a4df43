using RegionWebUI.Host.Extensions;

namespace RegionWebUI.Api;

/// <summary>An extension as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Version">Its version; empty when unknown.</param>
/// <param name="Description">What it does.</param>
/// <param name="State">on, off, broken or missing; what it is takes effect from the next job on.</param>
/// <param name="Reason">Why it cannot be used, or null.</param>
/// <param name="Parameters">What a job can set, when it is on.</param>
/// <param name="Samplers">Names a job can give as its sampler, when it is on.</param>
internal sealed record ExtensionView(
    string Id, string Name, string Version, string Description, string State, string? Reason,
    IReadOnlyList<ParameterView> Parameters, IReadOnlyList<string> Samplers)
{
    /// <summary>The view of an entry.</summary>
    internal static ExtensionView Of(ExtensionEntry entry) => new(
        entry.Id,
        entry.Name.Length > 0 ? entry.Name : entry.Id,
        entry.Version,
        entry.Description,
        ApiJson.Name(entry.State.ToString()),
        entry.Reason,
        [.. entry.Parameters.Select(ParameterView.Of)],
        [.. entry.Samplers.Select(s => s.Name)]);
}
