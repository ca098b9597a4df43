using System.Diagnostics;
using System.Text.Json;
using RegionWebUI.TestKit;

namespace RegionWebUI.Tests.Commands;

/// <summary>The real program in a process of its own, on the embedded model.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_CtrlC_Exits130AndLeavesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are sent with kill.");
        using var program = Start("generate", "--prompt", "a cat", "--steps", "1000", "--out", _folder.File("a.png"));
        while (await program.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("Sampling", StringComparison.Ordinal))
            {
                using var kill = Process.Start("kill", ["-INT", $"{program.Id}"]);
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
                break;
            }
        }

        Assert.Equal("Interrupted.", (await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, program.ExitCode);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Generate_EmbeddedModel_WritesThePictureAndItsJson()
    {
        using var program = Start("generate", "--prompt", "a cat", "--seed", "3", "--steps", "2", "--json", "--out", _folder.File("a.png"));
        var error = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var json = JsonDocument.Parse(await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement;
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, program.ExitCode);
        Assert.Contains("Step 2/2", await error, StringComparison.Ordinal);
        Assert.Equal("pocket", json.GetProperty("model").GetString());
        Assert.Equal(128, json.GetProperty("width").GetInt32());
        Assert.Equal(["a.png"], _folder.Files);
    }

    [Fact]
    public async Task Generate_FailpointCrash_DiesWithoutTheFile()
    {
        using var program = Start(
            new Dictionary<string, string> { ["REGIONWEBUI_FAILPOINT"] = "picture.beforeRename=crash" },
            "generate", "--prompt", "a cat", "--steps", "1", "--out", _folder.File("a.png"));
        await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, program.ExitCode);
        Assert.Matches("^a\\.png\\.tmp-[0-9a-f]{8}$", Assert.Single(_folder.Files));
    }

    private Process Start(params string[] args) => Start(new Dictionary<string, string>(), args);

    private Process Start(Dictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "regionwebui.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["REGIONWEBUI_DATA"] = _folder.File("data");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
