namespace RegionWebUI.Diffusion.Schedules;

/// <summary>The table a user asks for.</summary>
/// <param name="Steps">Sampler steps, 1..1000.</param>
/// <param name="Name">A1111 name, letter case aside; Automatic takes the sampler's own schedule.</param>
internal sealed record ScheduleRequest(int Steps, string Name = ScheduleCatalog.Automatic)
{
    /// <summary>What departs from the schedule's defaults.</summary>
    public ScheduleOptions Options { get; init; } = new();

    /// <inheritdoc cref="ImageToImageSteps.Encoded"/>
    /// <value>Null for a run from noise.</value>
    public int? Encoded { get; init; }
}
