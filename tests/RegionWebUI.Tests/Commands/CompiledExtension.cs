using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Tests.Commands;

/// <summary>Extensions that are compiled by a test and lie in a folder, as an author's do.</summary>
internal static class CompiledExtension
{
    /// <summary>Compiles an extension and puts it below a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="root">Where extensions lie in it.</param>
    /// <param name="id">Its id.</param>
    /// <param name="code">C# with one public <see cref="IExtension"/>; the Sdk's namespaces are known.</param>
    public static void Put(TemporaryFolder folder, string root, string id, string code)
    {
        ExtensionCompiler.Compile(id, code).Write(folder, $"{root}/{id}");
        folder.Write($"{root}/{id}/extension.json", $$"""
            {"id": "{{id}}", "version": "1.2.3", "sdk": "{{SdkVersion.Major}}.{{SdkVersion.Minor}}", "assembly": "{{id}}.dll"}
            """);
    }
}
