using System.Reflection;
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
    public static IReadOnlyList<string> Problems(string code) =>
        [.. Compile(code).GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];

    /// <summary>The object of a block that has one class of a kind.</summary>
    public static T Make<T>(string code)
    {
        using var dll = new MemoryStream();
        Assert.True(Compile(code).Emit(dll).Success);
        return (T)Activator.CreateInstance(Assembly.Load(dll.ToArray()).GetTypes().Single(t => t.IsAssignableTo(typeof(T))))!;
    }

    private static CSharpCompilation Compile(string code) => CSharpCompilation.Create(
        "Block",
        [CSharpSyntaxTree.ParseText(code), CSharpSyntaxTree.ParseText(ImplicitUsings)],
        _references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static bool IsForExtensions(string name) =>
        name is "RegionWebUI.Sdk" or "RegionWebUI.Graph" or "RegionWebUI.Imaging" or "netstandard" or "mscorlib"
        || name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal);
}
