using System.Diagnostics;

namespace RegionWebUI.TestKit;

/// <summary>The built program in a process of its own, which ends with this object. The one place where tests launch it.</summary>
public sealed class ProgramProcess : IAsyncDisposable
{
    /// <summary>What .NET gives as exit code of a process that SIGKILL ended: 128 + 9.</summary>
    public const int Killed = 137;

    private const string Prefix = "REGIONWEBUI_";

    private readonly Process _process;

    private ProgramProcess(Process process)
    {
        _process = process;
        Output = new ProgramOutput(process.StandardOutput);
        Error = new ProgramOutput(process.StandardError);
    }

    /// <summary>Where the program was built, in the configuration of the tests.</summary>
    public static string BuiltFolder
    {
        get
        {
            var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            var (configuration, framework) = (Path.GetFileName(Path.GetDirectoryName(output)!), Path.GetFileName(output));
            return Repository.Path("src", "RegionWebUI", "bin", configuration, framework);
        }
    }

    public int Id => _process.Id;

    public ProgramOutput Output { get; }

    public ProgramOutput Error { get; }

    /// <summary>Starts the program. Of the variables it knows it sees those given here only, never the developer's own.</summary>
    /// <param name="dataFolder">Its data folder; need not exist.</param>
    /// <param name="workFolder">Its working directory.</param>
    /// <param name="failpoint">Where it fails or kills itself (<c>name:n=crash</c>); null for nowhere.</param>
    /// <param name="args">Its command line.</param>
    public static ProgramProcess Start(string dataFolder, string workFolder, string? failpoint, params string[] args) =>
        StartCopy(BuiltFolder, dataFolder, workFolder, failpoint, args);

    /// <summary>Starts a copy of the program; otherwise as <see cref="Start"/>.</summary>
    /// <param name="programFolder">Folder of the copy, all files of <see cref="BuiltFolder"/>.</param>
    /// <inheritdoc cref="Start"/>
    public static ProgramProcess StartCopy(string programFolder, string dataFolder, string workFolder, string? failpoint, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Join(programFolder, "regionwebui.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workFolder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment[Prefix + "DATA"] = dataFolder;
        if (failpoint is not null)
        {
            start.Environment[Prefix + "FAILPOINT"] = failpoint;
        }

        return new ProgramProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the program has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends the program at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
