using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RegionWebUI.Architecture.Tests.References;

/// <summary>
/// Compiles sources in memory and looks at what every name is bound to, so that a use without a <c>using</c> line
/// (through <c>var</c>, a nested namespace or an alias) is seen as well.
/// </summary>
internal static class NamespaceChecker
{
    /// <summary>Uses of a forbidden namespace by a guarded one, one sentence each.</summary>
    /// <param name="assembly">Name of the assembly (it decides whose internals are visible).</param>
    /// <param name="sources">Path and text of every file.</param>
    /// <param name="references">Assemblies the sources are compiled against.</param>
    /// <param name="guarded">Namespaces that must not use the others.</param>
    /// <param name="forbidden">Namespaces that must not be used.</param>
    public static IReadOnlyList<string> Check(
        string assembly, IEnumerable<(string Path, string Text)> sources, IEnumerable<string> references, string[] guarded, string[] forbidden)
    {
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText(s.Text, path: s.Path)).ToList();
        var compilation = CSharpCompilation.Create(
            assembly,
            trees,
            references.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. trees.SelectMany(t => Check(compilation.GetSemanticModel(t), guarded, forbidden)).Distinct()];
    }

    private static IEnumerable<string> Check(SemanticModel model, string[] guarded, string[] forbidden)
    {
        var root = model.SyntaxTree.GetRoot();
        var home = root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
        if (!Inside(guarded, home))
        {
            yield break;
        }

        foreach (var name in root.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol;
            if (symbol is null && name.ToString() != "nameof" && model.GetTypeInfo(name).Type is IErrorTypeSymbol)
            {
                yield return $"{Where(name)} '{name}' could not be resolved, so its namespace is not known.";
            }

            if (Used(symbol, model.GetTypeInfo(name).Type).FirstOrDefault(n => Inside(forbidden, n)) is { } used)
            {
                yield return $"{Where(name)} {home} must not use {used} ('{name}').";
            }
        }
    }

    private static IEnumerable<string> Used(ISymbol? symbol, ITypeSymbol? type)
    {
        if (symbol is INamespaceSymbol space)
        {
            return [space.ToDisplayString()];
        }

        return new[] { symbol, type }.OfType<ISymbol>().Select(s => s.ContainingNamespace?.ToDisplayString() ?? "");
    }

    private static bool Inside(string[] spaces, string name) =>
        spaces.Any(s => name == s || name.StartsWith(s + ".", StringComparison.Ordinal));

    private static string Where(SyntaxNode node)
    {
        var line = node.GetLocation().GetLineSpan();
        return $"{line.Path}:{line.StartLinePosition.Line + 1}:";
    }
}
