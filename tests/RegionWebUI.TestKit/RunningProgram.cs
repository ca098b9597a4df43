namespace RegionWebUI.TestKit;

/// <summary>The built program, serving on a free port with a data folder of its own.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private readonly ProgramProcess _process;

    private RunningProgram(ProgramProcess process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts the program and waits until it says where it is; it is ended when the start fails or is cancelled.</summary>
    /// <param name="dataFolder">Its data folder, which exists.</param>
    /// <param name="failpoint">Where it kills itself (<c>name:n=crash</c>); null for nowhere.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RunningProgram> StartAsync(string dataFolder, string? failpoint, CancellationToken cancellationToken)
    {
        var process = ProgramProcess.Start(dataFolder, dataFolder, failpoint, "serve", "--port", "0", "--no-browser", "--data-dir", dataFolder);
        try
        {
            var line = await process.Output.FirstAsync(l => AddressIn(l) is not null, cancellationToken)
                ?? throw new InvalidOperationException($"The program did not start: {await process.Error.RestAsync(cancellationToken)}");
            return new RunningProgram(process, AddressIn(line)!);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the command line to its end, without a data folder.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var folder = new TemporaryFolder();
        await using var process = ProgramProcess.Start(folder.File("data"), folder.Path, failpoint: null, args);
        var code = await process.ExitAsync(cancellationToken);
        if (code != 0)
        {
            throw new InvalidOperationException($"The program ended with {code}: {await process.Error.RestAsync(cancellationToken)}");
        }
    }

    /// <summary>Waits until the program has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> ExitAsync(CancellationToken cancellationToken) => _process.ExitAsync(cancellationToken);

    /// <summary>Ends the program at once, as a power cut would.</summary>
    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Uri? AddressIn(string line) =>
        line.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is { } address ? new Uri(address) : null;
}
