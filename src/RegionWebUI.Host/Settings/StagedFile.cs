namespace RegionWebUI.Host.Settings;

/// <summary>A file that lies whole on the disk under a temporary name. Several can be staged first and committed together.</summary>
public sealed class StagedFile : IDisposable
{
    private readonly string _target;
    private readonly FileFailpoints? _failpoints;
    private bool _committed;

    internal StagedFile(string temporaryPath, string target, FileFailpoints? failpoints)
    {
        TemporaryPath = temporaryPath;
        _target = target;
        _failpoints = failpoints;
    }

    internal string TemporaryPath { get; }

    /// <summary>Gives the file its final name, replacing one that has it.</summary>
    /// <exception cref="IOException">The rename failed; the old file is untouched.</exception>
    public void Commit()
    {
        if (_failpoints is not null)
        {
            Failpoint.Hit(_failpoints.BeforeRename);
        }

        File.Move(TemporaryPath, _target, overwrite: true);
        _committed = true;
        if (_failpoints is not null)
        {
            Failpoint.Hit(_failpoints.AfterRename);
        }
    }

    /// <summary>Removes the temporary file unless it was committed.</summary>
    public void Dispose()
    {
        if (!_committed)
        {
            File.Delete(TemporaryPath);
        }
    }
}
