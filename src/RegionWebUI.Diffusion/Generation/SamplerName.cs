using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>
/// A sampler and a schedule by name, taken from an infotext or an old client. Up to A1111 1.8 the schedule was a part of the sampler's name:
/// "DPM++ 2M Karras".
/// </summary>
/// <param name="Sampler">The sampler's name.</param>
/// <param name="Schedule">The schedule's name, in A1111's spelling.</param>
public sealed record SamplerName(string Sampler, string Schedule)
{
    /// <summary>The sampler that A1111 v1.10.1 takes for a name it does not know.</summary>
    public const string Fallback = "DPM++ 2M";

    // Spellings of old versions beside a schedule's label and its name.
    private static readonly (string Spelling, string Schedule)[] _oldSpellings = [("SGMUniform", "SGM Uniform")];

    private static readonly string[] _catalog = [.. ScheduleCatalog.Names];

    /// <summary>What A1111 v1.10.1 makes of two names; of names it does not know it makes <see cref="Fallback"/> and Automatic.</summary>
    /// <param name="sampler">The sampler's name as written; null or empty when there is none.</param>
    /// <param name="schedule">The schedule's name as written; null when there is none. One within the sampler's name holds before it.</param>
    /// <param name="ownIsAutomatic">Whether the schedule that is the sampler's own becomes Automatic, as in a form that is filled.</param>
    public static SamplerName AsA1111(string? sampler, string? schedule, bool ownIsAutomatic = true)
    {
        var apart = Apart(sampler is { Length: > 0 } ? sampler : Fallback, schedule);
        var known = SamplerCatalog.Names.FirstOrDefault(n => n == apart.Sampler);
        return Of(known ?? Fallback, apart.Schedule, ownIsAutomatic);
    }

    /// <summary>The sampler that is meant, found by its name or an alias, letter case aside.</summary>
    /// <param name="sampler">The sampler's name as written.</param>
    /// <param name="schedule">The schedule's name as written; null when there is none.</param>
    /// <returns>Its name and the schedule, Automatic where that is the sampler's own; null when no sampler of this engine is meant.</returns>
    public static SamplerName? Find(string sampler, string? schedule)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        var apart = Apart(sampler, schedule);
        return SamplerCatalog.Names.Concat(SamplerCatalog.Aliases).Contains(apart.Sampler, StringComparer.OrdinalIgnoreCase)
            ? Of(SamplerCatalog.Resolve(apart.Sampler).Name, apart.Schedule, ownIsAutomatic: true)
            : null;
    }

    /// <summary>The two names apart; the sampler's is whatever is left and may be nobody's.</summary>
    /// <param name="sampler">The sampler's name as written.</param>
    /// <param name="schedule">The schedule's name as written; null when there is none.</param>
    public static SamplerName Apart(string sampler, string? schedule)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        var found = FindSchedule(schedule) ?? ScheduleCatalog.Automatic;

        // Every schedule in turn, as A1111 does it: of "Euler SGM Uniform" only "Uniform" goes.
        foreach (var name in _catalog)
        {
            if (Spellings(name).FirstOrDefault(s => sampler.EndsWith(" " + s, StringComparison.Ordinal)) is { } spelling)
            {
                (sampler, found) = (sampler[..^(spelling.Length + 1)], name);
            }
        }

        return new SamplerName(sampler, found);
    }

    /// <summary>The schedule of a label (<c>SGM Uniform</c>) or of A1111's own name for it (<c>sgm_uniform</c>); null when there is none.</summary>
    public static string? FindSchedule(string? written) => _catalog.FirstOrDefault(name => name == written || OwnName(name) == written);

    private static SamplerName Of(string sampler, string schedule, bool ownIsAutomatic) =>
        new(sampler, ownIsAutomatic && IsOwn(sampler, schedule) ? ScheduleCatalog.Automatic : schedule);

    private static bool IsOwn(string sampler, string schedule) =>
        SamplerCatalog.Resolve(sampler).OwnSchedule is KarrasSchedule or ExponentialSchedule
        && SamplerCatalog.Resolve(sampler).OwnSchedule.Name == schedule;

    private static IEnumerable<string> Spellings(string schedule) =>
        [schedule, OwnName(schedule), .. _oldSpellings.Where(o => o.Schedule == schedule).Select(o => o.Spelling)];

    private static string OwnName(string schedule) => schedule.ToLowerInvariant().Replace(' ', '_');
}
