using System.Diagnostics;

namespace RegionWebUI.TestKit;

/// <summary>The built program, serving on a free port with a data folder of its own.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;

    private RunningProgram(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts the program and waits until it says where it is.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="failpoint">Where it kills itself (<c>name:n=crash</c>); null for nowhere.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RunningProgram> StartAsync(string dataFolder, string? failpoint, CancellationToken cancellationToken)
    {
        var process = Start(["serve", "--port", "0", "--no-browser", "--data-dir", dataFolder], failpoint);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is { } address)
            {
                _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
                return new RunningProgram(process, new Uri(address));
            }
        }

        throw new InvalidOperationException($"The program did not start: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
    }

    /// <summary>Runs the command line to its end.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var process = Start(args, failpoint: null);
        _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The program ended with {process.ExitCode}: {errors}");
        }
    }

    /// <summary>Completes when the program has ended by itself.</summary>
    public Task ExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends the program at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static Process Start(string[] args, string? failpoint)
    {
        var framework = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var program = Repository.Path("src", "RegionWebUI", "bin", configuration, framework, "regionwebui.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (failpoint is not null)
        {
            start.Environment["REGIONWEBUI_FAILPOINT"] = failpoint;
        }

        return Process.Start(start)!;
    }
}
