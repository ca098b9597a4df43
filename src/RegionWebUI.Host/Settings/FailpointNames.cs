namespace RegionWebUI.Host.Settings;

/// <summary>The names of all failpoints: one before or after each step that must survive a crash.</summary>
public static class FailpointNames
{
    /// <summary>A job was checked and is about to enter the queue.</summary>
    public const string QueueAccepted = "queue.accepted";

    /// <summary>A job was taken from the queue and shown as running.</summary>
    public const string JobRunning = "job.running";

    /// <summary>The first preview of a job arrived.</summary>
    public const string JobPreview = "job.preview";

    /// <summary>All pictures of a job are decoded, none is kept yet.</summary>
    public const string JobDecoded = "job.decoded";

    /// <summary>All pictures of a job are kept, the job is not shown as done yet.</summary>
    public const string JobKept = "job.kept";

    /// <summary>A picture is about to be written.</summary>
    public const string PictureBeforeTemp = "picture.beforeTemp";

    /// <summary>Half of a picture's temporary file is written.</summary>
    public const string PictureHalfWritten = "picture.halfWritten";

    /// <summary>A picture's temporary file is whole and flushed.</summary>
    public const string PictureBeforeRename = "picture.beforeRename";

    /// <summary>A picture has its final name.</summary>
    public const string PictureAfterRename = "picture.afterRename";

    /// <summary>Every name above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        QueueAccepted, JobRunning, JobPreview, JobDecoded, JobKept,
        PictureBeforeTemp, PictureHalfWritten, PictureBeforeRename, PictureAfterRename,
    ];
}
