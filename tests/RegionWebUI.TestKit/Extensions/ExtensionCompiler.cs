using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace RegionWebUI.TestKit.Extensions;

/// <summary>Compiles extensions from source, against everything the test process knows.</summary>
public static class ExtensionCompiler
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.Threading;
        using System.Threading.Tasks;
        using RegionWebUI.Sdk;
        using RegionWebUI.Sdk.Hooks;
        using RegionWebUI.Sdk.Samplers;

        """;

    private static readonly IReadOnlyDictionary<string, MetadataReference> _known =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).DistinctBy(Path.GetFileNameWithoutExtension)
            .ToDictionary(p => Path.GetFileNameWithoutExtension(p)!, p => (MetadataReference)MetadataReference.CreateFromFile(p));

    /// <summary>Compiles an assembly.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="code">C#; the namespaces an extension mostly needs are known.</param>
    /// <param name="platform">What it is built for.</param>
    /// <param name="references">Assemblies it references in place of those of the test process of the same name.</param>
    /// <exception cref="InvalidOperationException">The code has errors; the message lists them.</exception>
    public static Compiled Compile(string name, string code, Platform platform = Platform.AnyCpu, params Compiled[] references)
    {
        var text = SourceText.From(Usings + code, System.Text.Encoding.UTF8);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(text, path: $"{name}.cs")],
            [
                .. references.Select(r => MetadataReference.CreateFromImage(r.Dll)),
                .. _known.Where(k => references.All(r => r.Name != k.Key)).Select(k => k.Value),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug, platform: platform));
        using var dll = new MemoryStream();
        using var pdb = new MemoryStream();
        var result = compilation.Emit(dll, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error);
        return result.Success
            ? new Compiled(name, dll.ToArray(), pdb.ToArray())
            : throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
    }

    /// <summary>An assembly that stands in for one the test process lacks, with the identity that references ask for.</summary>
    public static Compiled Library(string name, string version, string code) =>
        Compile(name, $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n{code}");

    /// <summary>Code of an extension that does one thing in Register.</summary>
    public static string Extension(string register, string more = "") => $$"""
        public sealed class Entry : IExtension
        {
            public void Register(IRegistry r) { {{register}} }
        }

        public sealed class Nothing : IHook { }

        {{more}}
        """;

    /// <summary>Code of an extension with hooks and nothing else.</summary>
    public static string Plain => Extension("r.Hooks(_ => [new Nothing()]);");
}
