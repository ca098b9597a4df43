using System.Globalization;
using System.Text;
using RegionWebUI.Diffusion;

namespace RegionWebUI.Host.Settings;

/// <summary>
/// Keeps a second host away from a data folder. The system holds the lock on <c>host.lock</c> as long as the process lives, so the lock of a
/// killed process is free at once; <c>host.pid</c> only says who holds it.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    // What the runtime reports when another process has the file: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] _heldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;
    private readonly string _pidFile;

    private DataFolderLock(FileStream heldLock, string pidFile)
    {
        _lock = heldLock;
        _pidFile = pidFile;
    }

    /// <summary>Takes the lock for this process.</summary>
    /// <param name="folder">A data folder that exists.</param>
    /// <exception cref="BadInputException">Another process holds it (the sentence names its pid), or the folder cannot be written to.</exception>
    public static DataFolderLock Take(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var pidFile = Path.Join(folder.Root, "host.pid");
        FileStream held;
        try
        {
            held = new FileStream(Path.Join(folder.Root, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new BadInputException("DataDir", $"The data folder '{folder.Root}' cannot be written to; choose another with --data-dir.");
        }
        catch (IOException e) when (_heldElsewhere.Contains(e.HResult))
        {
            throw new BadInputException(
                "DataDir",
                $"The data folder '{folder.Root}' is in use by another RegionWebUI ({Holder(pidFile)}); "
                + "stop it, or choose another folder with --data-dir.");
        }
        catch (IOException e)
        {
            throw new BadInputException("DataDir", $"The data folder '{folder.Root}' cannot be locked ({e.Message.TrimEnd('.')}).");
        }

        try
        {
            AtomicFile.SweepLeftoversOf(pidFile);
            AtomicFile.Write(pidFile, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return new DataFolderLock(held, pidFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new BadInputException("DataDir", $"The data folder '{folder.Root}' cannot be written to ({e.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>Frees the folder.</summary>
    public void Dispose()
    {
        if (_lock.CanWrite)
        {
            File.Delete(_pidFile);
        }

        _lock.Dispose();
    }

    private static string Holder(string pidFile)
    {
        try
        {
            var text = File.ReadAllText(pidFile);
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? $"process {pid}" : "its pid is unknown";
        }
        catch (IOException)
        {
            return "its pid is unknown";
        }
    }
}
