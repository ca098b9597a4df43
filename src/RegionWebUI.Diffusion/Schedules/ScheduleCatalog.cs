namespace RegionWebUI.Diffusion.Schedules;

/// <summary>The schedules a user may name.</summary>
internal static class ScheduleCatalog
{
    /// <summary>The name that leaves the choice to the sampler.</summary>
    public const string Automatic = "Automatic";

    private static readonly Schedule[] _schedules =
    [
        new UniformSchedule(),
        new KarrasSchedule(),
        new ExponentialSchedule(),
        new PolyexponentialSchedule(),
        new SgmUniformSchedule(),
        new KlOptimalSchedule(),
        new AlignYourStepsSchedule(),
        new SimpleSchedule(),
        new NormalSchedule(),
        new DdimUniformSchedule(),
        new BetaSchedule(),
    ];

    /// <summary>All names in the order a list shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Automatic, .. _schedules.Select(s => s.Name)];

    /// <summary>The name in A1111's spelling.</summary>
    /// <exception cref="BadInputException">No schedule has this name.</exception>
    public static string Canonical(string name) =>
        Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new BadInputException("Schedule", NameSuggestion.Unknown("schedule", name, Names));

    /// <summary>The schedule of this name; <paramref name="own"/> for Automatic and for its own name.</summary>
    /// <exception cref="BadInputException">No schedule has this name.</exception>
    public static Schedule Resolve(string name, Schedule own)
    {
        var canonical = Canonical(name);
        return canonical == Automatic || canonical == own.Name ? own : _schedules.Single(s => s.Name == canonical);
    }
}
