namespace RegionWebUI.Host.Settings;

/// <summary>A file that lies whole on the disk under a temporary name. Several can be staged first and committed together.</summary>
public sealed class StagedFile : IDisposable
{
    private readonly string _target;
    private readonly FileFailpoints? _failpoints;
    private string? _oldCopy;
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

    /// <summary>
    /// Gives all files their final names or, when one cannot get its own, none: those that were renamed before go, and the files they
    /// replaced come back. Only the end of the process in between can leave some of them.
    /// </summary>
    /// <exception cref="IOException">A file could not be copied aside or renamed; the folders are as before.</exception>
    public static void CommitAll(IReadOnlyList<StagedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            if (files.Count > 1)
            {
                // One file alone is renamed or not; only a later one's failure makes an earlier one's old content needed again.
                foreach (var file in files)
                {
                    file.CopyOldAside();
                }
            }

            foreach (var file in files)
            {
                file.Commit();
            }
        }
        catch when (files.Count > 1)
        {
            foreach (var file in files)
            {
                file.Undo();
            }

            throw;
        }
    }

    /// <summary>Removes the temporary files that have not become a final one.</summary>
    public void Dispose()
    {
        if (!_committed)
        {
            File.Delete(TemporaryPath);
        }

        if (_oldCopy is not null)
        {
            File.Delete(_oldCopy);
        }
    }

    private void CopyOldAside()
    {
        if (File.Exists(_target))
        {
            _oldCopy = AtomicFile.TemporaryName(_target);
            File.Copy(_target, _oldCopy);
        }
    }

    private void Undo()
    {
        if (!_committed)
        {
            return;
        }

        if (_oldCopy is not null)
        {
            File.Move(_oldCopy, _target, overwrite: true);
        }
        else
        {
            File.Delete(_target);
        }
    }
}
