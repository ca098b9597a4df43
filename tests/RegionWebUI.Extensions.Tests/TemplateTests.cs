using System.Text.Json;
using RegionWebUI.TestKit;

namespace RegionWebUI.Extensions.Tests;

public class TemplateTests
{
    [Fact]
    public void Template_ItsClass_CompilesAgainstTheSdk() => Assert.Empty(CSharpBlock.Problems(Read("ExtensionClassExtension.cs")));

    [Fact]
    public void Template_Project_ReferencesTheProgramAndNoPackage()
    {
        var project = Read("ExtensionClass.csproj");
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        Assert.Equal(3, project.Split("Private=\"false\"").Length - 1);
    }

    [Fact]
    public void Template_Manifest_IsForThisSdkAndNamesWhatTheProjectBuilds()
    {
        using var manifest = JsonDocument.Parse(Read("extension.json"));
        Assert.Equal($"{Sdk.SdkVersion.Major}.{Sdk.SdkVersion.Minor}", manifest.RootElement.GetProperty("sdk").GetString());
        Assert.Equal("bin/ExtensionClass.dll", manifest.RootElement.GetProperty("assembly").GetString());
    }

    private static string Read(string name) => File.ReadAllText(Repository.Path("templates", "extension", name));
}
