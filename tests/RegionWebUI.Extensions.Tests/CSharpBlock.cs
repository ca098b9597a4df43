using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RegionWebUI.Extensions.Tests;

/// <summary>Compiles a code block as an extension's project would: implicit usings, nullable, against what the program brings.</summary>
internal static class CSharpBlock
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => IsForExtensions(Path.GetFileNameWithoutExtension(p))).Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>Errors and warnings of a block, one line each.</summary>
    public static IReadOnlyList<string> Problems(string code)
    {
        var compilation = CSharpCompilation.Create(
            "Block",
            [CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText(ImplicitUsings)],
            _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];
    }

    private static bool IsForExtensions(string name) =>
        name is "RegionWebUI.Sdk" or "RegionWebUI.Graph" or "RegionWebUI.Imaging" or "netstandard" or "mscorlib"
        || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal);
}
