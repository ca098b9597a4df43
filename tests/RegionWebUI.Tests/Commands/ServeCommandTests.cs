using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using RegionWebUI.Diffusion;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Tests.Commands;

public sealed partial class ServeCommandTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Serve_FreePort_AnswersUntilItIsEnded()
    {
        var (address, code) = await WhileServing(["serve", "--port", "0"], async address =>
        {
            using var client = new HttpClient();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(address, "healthz"))).StatusCode);
        });
        Assert.Equal(0, code);
        Assert.Equal([address], _program.Opened);
        Assert.True(_program.Factory.Engines.Single().IsDisposed);
        Assert.Empty(_program.Error);
        Assert.False(File.Exists(Path.Join(_program.DataFolder, "host.pid")));
    }

    [Fact]
    public async Task Serve_NoVerbNoBrowser_ServesWithoutOpening()
    {
        await WhileServing(["--port", "0", "--no-browser"], _ => Task.CompletedTask);
        Assert.Empty(_program.Opened);
    }

    [Fact]
    public async Task Serve_DataDir_IsTakenBeforeTheVariable()
    {
        var folder = _program.InWork("data");
        await WhileServing(["serve", "--port", "0", "--data-dir", folder], _ => Task.CompletedTask);
        Assert.True(Directory.Exists(Path.Join(folder, "pictures")));
        Assert.False(Directory.Exists(_program.DataFolder));
    }

    [Fact]
    public async Task Serve_SecondHostOnTheDataFolder_IsRefusedAndNamesThePid() =>
        await WhileServing(["serve", "--port", "0"], async _ =>
        {
            Assert.Equal(2, await _program.RunAsync("serve", "--port", "0"));
            Assert.Contains($"process {Environment.ProcessId}", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
        });

    [Fact]
    public async Task Serve_PortInUse_OneSentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        Assert.Equal(2, await _program.RunAsync("serve", "--port", $"{port}"));
        Assert.Contains($"Port {port} is in use", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(_program.Factory.Loads);
    }

    [Fact]
    public async Task Serve_MissingModel_ExitsWithTheModelsCode()
    {
        Assert.Equal(3, await _program.RunAsync("serve", "--port", "0", "--model", "none"));
        Assert.Contains("'none'", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DeviceFails_ExitsWithTheDevicesCode()
    {
        _program.Script.FailAt(EngineScript.Open, new DeviceException("No adapter is there; take --device cpu."));
        Assert.Equal(4, await _program.RunAsync("serve", "--port", "0"));
        Assert.Equal(["No adapter is there; take --device cpu."], _program.ErrorLines);
    }

    [Fact]
    public async Task Serve_Started_GetsTheModelReadyBeforeTheFirstPicture()
    {
        var warming = _program.Script.HoldAt(EngineScript.Warming);
        var (_, code) = await WhileServing(["serve", "--port", "0"], async _ => await warming.Reached);
        Assert.Equal(0, code);
        Assert.Equal(1, _program.Factory.Engines.Single().Warmed);
        Assert.Empty(_program.Error);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("unexpected")]
    [InlineData("cancelled")]
    public async Task Serve_WarmingFails_SaysItAtOnceAndServesOn(string kind)
    {
        _program.Script.FailAt(EngineScript.Warming, kind switch
        {
            "model" => new ModelException("The weights are damaged."),
            "cancelled" => new OperationCanceledException("The weights are damaged."),
            _ => new InvalidOperationException("The weights are damaged."),
        });
        var error = new AwaitedWriter();
        _program.Parts = _program.Parts with { Error = error };
        var (_, code) = await WhileServing(["serve", "--port", "0"], async address =>
        {
            Assert.Contains("The weights are damaged", await error.Line.WaitAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            using var client = new HttpClient();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(address, "healthz"))).StatusCode);
        });
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Serve_DataFolderCannotBeMade_OneSentence()
    {
        File.WriteAllText(_program.InWork("file"), "");
        Assert.Equal(2, await _program.RunAsync("serve", "--data-dir", _program.InWork("file")));
        Assert.Contains("--data-dir", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_LeftoversOfAKilledHost_AreSweptAndItStarts()
    {
        var day = Directory.CreateDirectory(Path.Join(_program.DataFolder, "pictures", "2026-01-01")).FullName;
        File.WriteAllText(Path.Join(day, "00001-1.png.tmp-12345678"), "half");
        File.WriteAllText(Path.Join(_program.DataFolder, "host.pid"), "999999");
        await WhileServing(["serve", "--port", "0"], _ => Task.CompletedTask);
        Assert.Empty(Directory.GetFiles(day));
    }

    private async Task<(Uri Address, int Code)> WhileServing(string[] line, Func<Uri, Task> visit)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var announced = new AnnouncedAddress();
        _program.Parts = _program.Parts with { Out = announced };
        var run = _program.RunAsync(end.Token, line);
        if (await Task.WhenAny(run, announced.Address) == run)
        {
            Assert.Fail($"The program ended with {await run}: {_program.Error}");
        }

        var address = await announced.Address;
        try
        {
            await visit(address);
        }
        finally
        {
            await end.CancelAsync();
        }

        return (address, await run);
    }

    private sealed class AwaitedWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The first line.</summary>
        public Task<string> Line => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value ?? "");
    }

    private sealed partial class AnnouncedAddress : StringWriter
    {
        private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Uri? _found;

        public Task<Uri> Address => _address.Task;

        public override void WriteLine(string? value)
        {
            // The second line is the last of the announcement.
            if (_found is not null)
            {
                _address.TrySetResult(_found);
            }
            else if (Pattern().Match(value ?? "") is { Success: true } match)
            {
                _found = new Uri(match.Value);
            }
        }

        [GeneratedRegex("http://[^ ]+")]
        private static partial Regex Pattern();
    }
}
