using System.Diagnostics;
using System.Reflection;
using System.Text;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Extensions.Tests;

/// <summary>Does what docs/extensions.md tells an author to do, word for word, in a home folder of its own.</summary>
public sealed class GuideStepsTests : IDisposable
{
    private const string Steps = "Ten minutes: invert colours";

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Steps_FollowedLiterally_MakeAnExtensionThatInvertsThePicture()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The steps are commands of a Unix shell.");
        var (exitCode, output) = await RunAsync(Script(), TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output);

        var plain = Picture("plain.png");
        var inverted = Picture("inverted.png");
        Assert.Equal(plain.Rgb.ToArray().Select(v => (byte)(255 - v)), inverted.Rgb.ToArray());

        // A picture with one colour everywhere would pass, whatever was drawn.
        Assert.True(plain.Rgb.ToArray().Distinct().Count() > 50, "The picture is flat.");
        Assert.Contains("ext/invert-colours/amount: 1", Infotext("inverted.png"), StringComparison.Ordinal);
        Assert.DoesNotContain("invert-colours", Infotext("plain.png"), StringComparison.Ordinal);
    }

    /// <summary>The steps as one script: commands as they stand, files written where their block says.</summary>
    private static string Script()
    {
        var blocks = Guide.Blocks.Where(b => b.Heading == Steps).ToList();
        Assert.Contains(blocks, b => b is { Language: "csharp", File.Length: > 0 });
        var script = new StringBuilder("set -euo pipefail\n");
        foreach (var block in blocks)
        {
            script.Append(block.Language == "bash" ? block.Text : $"cat > '{block.File}' <<'END-OF-BLOCK'\n{block.Text}END-OF-BLOCK\n");
        }

        // The program is what this project was built with; building it again would only cost time.
        const string build = "dotnet build src/RegionWebUI\n";
        Assert.Contains(build, script.ToString(), StringComparison.Ordinal);
        var configuration = typeof(GuideStepsTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return script.Replace(build, "").Replace("/bin/Debug/", $"/bin/{configuration}/").ToString();
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string script, CancellationToken cancellation)
    {
        // Nothing may come from anywhere: a project that needed a package would not build.
        _home.Write(".nuget/NuGet/NuGet.Config", "<configuration><packageSources><clear /></packageSources></configuration>");
        var file = _home.Write("steps.sh", $"exec 2>&1\n{script}");
        var start = new ProcessStartInfo("bash", [file]) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        foreach (var name in start.Environment.Keys.Where(IsOfTheDeveloper).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = _home.Path;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // Folders of packages, templates and data, and what MSBuild and the program read from the environment.
    private static bool IsOfTheDeveloper(string name) =>
        name is "DOTNET_CLI_HOME" or "CI" || name.StartsWith("REGIONWEBUI", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("NUGET_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("XDG_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);

    private Image Picture(string name) => PngFile.Decode(File.ReadAllBytes(_home.File("my-extensions", name))).Image;

    private string Infotext(string name) => PngFile.ReadInfo(File.ReadAllBytes(_home.File("my-extensions", name))).Infotext ?? "";
}
