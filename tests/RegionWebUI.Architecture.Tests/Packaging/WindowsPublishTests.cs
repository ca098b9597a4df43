using System.Diagnostics;
using System.Reflection;
using RegionWebUI.TestKit;

namespace RegionWebUI.Architecture.Tests.Packaging;

/// <summary>A Windows build made on any platform must run on DirectML, which nobody would notice here if it got lost.</summary>
public class WindowsPublishTests
{
    [Fact]
    public async Task Publish_ForWindows_BringsOnnxRuntimeWithDirectML()
    {
        var folder = Directory.CreateTempSubdirectory("regionwebui-publish-");
        try
        {
            await PublishAsync(folder.FullName, TestContext.Current.CancellationToken);
            Assert.Contains("OrtSessionOptionsAppendExecutionProvider_DML", PeExports.Of(Path.Combine(folder.FullName, "onnxruntime.dll")));
            Assert.Contains("DMLCreateDevice1", PeExports.Of(Path.Combine(folder.FullName, "DirectML.dll")));
            Assert.True(File.Exists(Path.Combine(folder.FullName, "regionwebui.exe")), "regionwebui.exe is missing.");
            Assert.Empty(folder.EnumerateFiles("*.so*", SearchOption.AllDirectories));
            Assert.Equal(ExtensionFiles(Repository.Root), ExtensionFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Of every extension its manifest and what it builds, and of a published one whatever there is.</summary>
    private static IEnumerable<string> ExtensionFiles(string root)
    {
        var folder = new DirectoryInfo(Path.Combine(root, "extensions"));
        var files = folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [];
        var names = files.Select(f => Path.GetRelativePath(folder.FullName, f.FullName).Replace('\\', '/'));
        var wanted = root == Repository.Root ? names.Where(n => n.Split('/') is [_, "extension.json"] or [_, "bin", ..]) : names;
        return wanted.Order(StringComparer.Ordinal);
    }

    private static async Task PublishAsync(string folder, CancellationToken cancellation)
    {
        // The configuration of this build, so that the rooms that are already compiled are taken as they are.
        var configuration = typeof(WindowsPublishTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
            ArgumentList =
            {
                "publish", Repository.Path("src", "RegionWebUI"), "--configuration", configuration, "--runtime", "win-x64", "--no-self-contained",
                "--no-restore", "--output", folder, "--nologo", "--verbosity", "quiet", "-nodeReuse:false",
            },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, output);
    }
}
