namespace RegionWebUI.Host.Jobs;

/// <summary>The state of a job. It is in exactly one.</summary>
public enum JobState
{
    /// <summary>Accepted, waiting for the device.</summary>
    Queued,

    /// <summary>On the device now.</summary>
    Running,

    /// <summary>Its pictures are in the gallery.</summary>
    Done,

    /// <summary>Ended with an error that the snapshot names.</summary>
    Failed,

    /// <summary>Ended by the user; nothing was kept.</summary>
    Interrupted,
}
