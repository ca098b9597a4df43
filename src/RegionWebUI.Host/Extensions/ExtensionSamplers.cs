using RegionWebUI.Diffusion.Generation;

namespace RegionWebUI.Host.Extensions;

/// <summary>The samplers that can be chosen while some extensions are on.</summary>
public static class ExtensionSamplers
{
    /// <summary>A validator that knows the samplers of extensions beside its own.</summary>
    /// <param name="validator">Knows the program's own.</param>
    /// <param name="entries">The extensions as they are now.</param>
    public static RequestValidator With(this RequestValidator validator, IReadOnlyList<ExtensionEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(validator);
        ArgumentNullException.ThrowIfNull(entries);
        var samplers = entries.SelectMany(e => e.Samplers).ToList();
        return samplers.Count == 0 ? validator : validator.WithSamplers(samplers.Select(s => s.Name), samplers.SelectMany(s => s.Aliases));
    }
}
