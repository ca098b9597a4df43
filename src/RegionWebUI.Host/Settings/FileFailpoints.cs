namespace RegionWebUI.Host.Settings;

/// <summary>Failpoints at the durable steps of writing one kind of file.</summary>
/// <param name="BeforeTemp">Nothing is on the disk yet.</param>
/// <param name="HalfWritten">Half of the temporary file is written.</param>
/// <param name="BeforeRename">The temporary file is whole and flushed.</param>
/// <param name="AfterRename">The file has its final name.</param>
public sealed record FileFailpoints(string BeforeTemp, string HalfWritten, string BeforeRename, string AfterRename)
{
    /// <summary>Writing a picture, into the gallery or to a file the user named.</summary>
    public static FileFailpoints Picture { get; } = new(
        FailpointNames.PictureBeforeTemp,
        FailpointNames.PictureHalfWritten,
        FailpointNames.PictureBeforeRename,
        FailpointNames.PictureAfterRename);
}
