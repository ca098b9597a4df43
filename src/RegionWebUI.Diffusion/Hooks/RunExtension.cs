using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>An extension that is on, as a run needs it.</summary>
/// <param name="Id">Its id, unique in a run.</param>
/// <param name="Version">Its version, as written to the infotext.</param>
/// <param name="CreateHooks">Makes the hooks of one run; none when it has nothing to do.</param>
public sealed record RunExtension(string Id, string Version, Func<IRun, IEnumerable<IHook>> CreateHooks)
{
    /// <summary>
    /// Makes the object <see cref="IRun.Parameters{T}"/> gives, anew for every start of a run, so that what a hook writes into it is gone
    /// with that start; null when the extension declared no parameters.
    /// </summary>
    public Func<object>? Parameters { get; init; }

    /// <summary>Its samplers, which a request may name; names unique in a run.</summary>
    public IReadOnlyList<RunSampler> Samplers { get; init; } = [];

    /// <summary>Values of all its parameters, name to text, for the infotext.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; init; } = [];

    /// <summary>Its sampler of a name, letter case aside; null when it has none.</summary>
    internal RunSampler? SamplerNamed(string name) => Samplers.FirstOrDefault(s => s.IsNamed(name));
}
