using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RegionWebUI.Architecture.Tests.Budgets;

/// <summary>How large things may be, and where a type belongs.</summary>
internal static class Budget
{
    public const int CodeLines = 400;
    public const int RazorLines = 120;
    public const int MethodLines = 60;
    public const int Columns = 150;

    /// <summary>Everything in one file that breaks a budget.</summary>
    /// <param name="path">Path from the root with forward slashes.</param>
    /// <param name="text">Text of the file.</param>
    public static IEnumerable<Breach> Check(string path, string text)
    {
        var isRazor = path.EndsWith(".razor", StringComparison.Ordinal);
        var lines = text.TrimEnd('\n').Split('\n');
        var most = isRazor ? RazorLines : CodeLines;
        if (lines.Length > most)
        {
            yield return new Breach("file", path, $"{lines.Length} lines, at most {most}");
        }

        foreach (var (line, number) in lines.Select((l, i) => (l.TrimEnd('\r'), i + 1)).Where(l => l.Item1.Length > Columns))
        {
            yield return new Breach("columns", path, $"line {number} has {line.Length} columns, at most {Columns}");
        }

        if (isRazor)
        {
            yield break;
        }

        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        foreach (var breach in Methods(path, root).Concat(Types(path, root)).Concat(Namespaces(path, root)))
        {
            yield return breach;
        }
    }

    private static IEnumerable<Breach> Methods(string path, SyntaxNode root) =>
        from node in root.DescendantNodes()
        let first = FirstToken(node)
        where first is not null
        let lines = Line(node.Span.End, node) - Line(first.Value.SpanStart, node) + 1
        where lines > MethodLines
        select new Breach("method", $"{path}#{Name(node)}", $"{lines} lines, at most {MethodLines}");

    /// <summary>A method is counted from its own first word, without comments and attributes above it.</summary>
    private static SyntaxToken? FirstToken(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax m => After(m, m.AttributeLists),
        LocalFunctionStatementSyntax f => After(f, f.AttributeLists),
        AccessorDeclarationSyntax a => After(a, a.AttributeLists),
        _ => null,
    };

    private static SyntaxToken After(SyntaxNode node, SyntaxList<AttributeListSyntax> attributes) =>
        attributes.Count == 0 ? node.GetFirstToken() : attributes.Last().GetLastToken().GetNextToken();

    private static string Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax m => m.Identifier.Text,
        ConstructorDeclarationSyntax c => c.Identifier.Text,
        LocalFunctionStatementSyntax f => f.Identifier.Text,
        AccessorDeclarationSyntax a => $"{a.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Identifier.Text}.{a.Keyword.Text}",
        _ => node.Kind().ToString(),
    };

    private static int Line(int position, SyntaxNode node) => node.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber;

    private static IEnumerable<Breach> Types(string path, SyntaxNode root)
    {
        var types = root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(n => n is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).ToList();
        var open = types.Where(t => t.Modifiers.Any(SyntaxKind.PublicKeyword)).Select(TypeName).Distinct().ToList();
        if (open.Count > 1)
        {
            yield return new Breach("types", path, $"{open.Count} public types ({string.Join(", ", open)}), at most one");
        }

        var expected = Path.GetFileName(path).Split('.', '{')[0];
        var named = (open.Count > 0 ? open : types.Select(TypeName)).ToList();
        if (named.Count > 0 && !named.Contains(expected))
        {
            yield return new Breach("file-name", path, $"holds {named[0]}, so {named[0]}.cs is its name");
        }
    }

    private static string TypeName(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax t ? t.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    private static IEnumerable<Breach> Namespaces(string path, SyntaxNode root)
    {
        var parts = path.Split('/');
        var space = root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        if (space is null || parts.Length < 3 || parts[0] is not ("src" or "tests" or "extensions"))
        {
            yield break;
        }

        var folders = parts[0] == "extensions" ? parts[1..^1].Select(Capitals) : parts[1..^1];
        var expected = string.Join('.', folders);
        if (space.Name.ToString() != expected)
        {
            yield return new Breach("namespace", path, $"namespace {space.Name}, but its folder says {expected}");
        }
    }

    /// <summary>From an extension's folders, which are named as its id, to words of a namespace: "two-words" to "TwoWords".</summary>
    private static string Capitals(string folder) =>
        string.Concat(folder.Split('-').Select(w => w.Length == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]));
}
