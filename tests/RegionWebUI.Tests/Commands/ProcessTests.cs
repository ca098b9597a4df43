using System.Diagnostics;
using System.Text.Json;
using RegionWebUI.TestKit;

namespace RegionWebUI.Tests.Commands;

/// <summary>The real program in a process of its own, on the embedded model.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_CtrlC_Exits130AndLeavesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are sent with kill.");
        await using var program = Start(failpoint: null, "--prompt", "a cat", "--steps", "1000", "--out", _folder.File("a.png"));
        Assert.NotNull(await program.Error.FirstAsync(line => line.StartsWith("Sampling", StringComparison.Ordinal), Stop));
        using var kill = Process.Start("kill", ["-INT", $"{program.Id}"]);
        await kill.WaitForExitAsync(Stop);

        Assert.Equal("Interrupted.", await program.Error.RestAsync(Stop));
        Assert.Equal(130, await program.ExitAsync(Stop));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Generate_EmbeddedModel_WritesThePictureAndItsJson()
    {
        await using var program = Start(
            failpoint: null, "--prompt", "a cat", "--seed", "3", "--steps", "2", "--json", "--out", _folder.File("a.png"));
        var json = JsonDocument.Parse(await program.Output.RestAsync(Stop)).RootElement;
        Assert.Equal(0, await program.ExitAsync(Stop));
        Assert.Contains("Step 2/2", await program.Error.RestAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("pocket", json.GetProperty("model").GetString());
        Assert.Equal(128, json.GetProperty("width").GetInt32());
        Assert.Equal(["a.png"], _folder.Files);
    }

    [Theory]
    [InlineData("a.jpg", "jpeg")]
    [InlineData("a.webp", "webp")]
    public async Task Generate_JpegAndWebp_AreReadByInfoAndTakenAsInitAndFrom(string name, string format)
    {
        var made = await JsonOfAsync("generate", "--prompt", "a cat, 猫", "--seed", "3", "--steps", "1", "--json", "--out", name);
        var shown = await JsonOfAsync("info", name, "--json");
        Assert.Equal((format, 128), (shown.GetProperty("format").GetString(), shown.GetProperty("width").GetInt32()));
        Assert.Equal(made.GetProperty("infotext").GetString(), shown.GetProperty("infotext").GetString());

        var again = await JsonOfAsync("generate", "--from", name, "--init", name, "--strength", "0.5", "--json", "--out", "again.png");
        Assert.Equal((3, 1), (again.GetProperty("seed").GetInt32(), again.GetProperty("steps").GetInt32()));
        var infotext = again.GetProperty("infotext").GetString();
        Assert.StartsWith("a cat, 猫\n", infotext, StringComparison.Ordinal);
        Assert.Contains("Denoising strength: 0.5", infotext, StringComparison.Ordinal);
        Assert.Equal([name, "again.png"], _folder.Files.Order());
    }

    [Fact]
    public async Task Generate_FailpointCrash_DiesWithoutTheFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "A process kills itself with SIGKILL.");
        await using var program = Start("picture.beforeRename=crash", "--prompt", "a cat", "--steps", "1", "--out", _folder.File("a.png"));
        Assert.Equal(ProgramProcess.Killed, await program.ExitAsync(Stop));
        Assert.Matches("^a\\.png\\.tmp-[0-9a-f]{8}$", Assert.Single(_folder.Files));
    }

    [Fact]
    public async Task Generate_SecondPictureCannotBeNamed_FolderIsAsBefore()
    {
        File.WriteAllText(_folder.File("a.png"), "old");
        await using var program = Start(
            "picture.beforeRename:2=throw", "--prompt", "a cat", "--steps", "1", "--batch", "2", "--out", _folder.File("a.png"));
        Assert.NotEqual(0, await program.ExitAsync(Stop));
        Assert.Contains("picture.beforeRename", await program.Error.RestAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(["a.png"], _folder.Files);
        Assert.Equal("old", File.ReadAllText(_folder.File("a.png")));
    }

    [Fact]
    public async Task Serve_FolderInUse_SaysByWhomAndIsFreeAfterAKillOrACancelledStart()
    {
        using var data = new TemporaryFolder();
        var first = await RunningProgram.StartAsync(data.Path, failpoint: null, Stop);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningProgram.StartAsync(data.Path, failpoint: null, Stop));
        Assert.Matches("in use by another RegionWebUI \\(process [0-9]+\\)", refused.Message);
        await first.DisposeAsync();

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunningProgram.StartAsync(data.Path, failpoint: null, cancelled.Token));
        await using var program = await RunningProgram.StartAsync(data.Path, failpoint: null, Stop);
    }

    private async Task<JsonElement> JsonOfAsync(params string[] args)
    {
        await using var program = ProgramProcess.Start(_folder.File("data"), _folder.Path, failpoint: null, args);
        var output = await program.Output.RestAsync(Stop);
        Assert.True(await program.ExitAsync(Stop) == 0, await program.Error.RestAsync(Stop));
        return JsonDocument.Parse(output).RootElement;
    }

    private ProgramProcess Start(string? failpoint, params string[] options) =>
        ProgramProcess.Start(_folder.File("data"), _folder.Path, failpoint, ["generate", .. options]);
}
