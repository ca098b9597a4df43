using System.Diagnostics;
using RegionWebUI.TestKit;

namespace RegionWebUI.Browser.Tests;

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
    public static async Task<RunningProgram> StartAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var process = Start(["serve", "--port", "0", "--no-browser", "--data-dir", dataFolder]);
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
        using var process = Start(args);
        _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, errors);
    }

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

    private static Process Start(string[] args)
    {
        var framework = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;
        var program = Repository.Path("src", "RegionWebUI", "bin", configuration, framework, "regionwebui.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
