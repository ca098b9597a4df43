using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;

namespace RegionWebUI.Tests.Commands;

/// <summary>Extensions that are compiled by a test and lie in a folder, as an author's do.</summary>
internal static class CompiledExtension
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using RegionWebUI.Sdk;
        using RegionWebUI.Sdk.Hooks;

        """;

    private static readonly IReadOnlyList<MetadataReference> _known =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>Compiles an extension and puts it below a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="root">Where extensions lie in it.</param>
    /// <param name="id">Its id.</param>
    /// <param name="code">C# with one public <see cref="IExtension"/>; the Sdk's namespaces are known.</param>
    public static void Put(TemporaryFolder folder, string root, string id, string code)
    {
        var stop = TestContext.Current.CancellationToken;
        var compilation = CSharpCompilation.Create(
            $"Test.{id}",
            [CSharpSyntaxTree.ParseText(Usings + code, cancellationToken: stop)],
            _known,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: stop);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        folder.Write($"{root}/{id}/{id}.dll", assembly.ToArray());
        folder.Write($"{root}/{id}/extension.json", $$"""
            {"id": "{{id}}", "version": "1.2.3", "sdk": "{{SdkVersion.Major}}.{{SdkVersion.Minor}}", "assembly": "{{id}}.dll"}
            """);
    }
}
