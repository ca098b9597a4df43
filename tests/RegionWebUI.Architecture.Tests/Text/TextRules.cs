using System.Text.RegularExpressions;

namespace RegionWebUI.Architecture.Tests.Text;

/// <summary>Words that no file may hold.</summary>
internal static partial class TextRules
{
    /// <summary>Promises to do it properly later.</summary>
    public static IEnumerable<string> Promises(string path, string text) => Find(path, text, Promise());

    /// <summary>Places of one machine, and hosts of package registries.</summary>
    public static IEnumerable<string> Places(string path, string text) => Find(path, text, Machine()).Concat(Find(path, text, Registry()));

    private static IEnumerable<string> Find(string path, string text, Regex words) =>
        text.Split('\n').SelectMany((line, i) => words.Matches(line).Select(m => $"{path}:{i + 1}: '{m.Value}'"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|\b[Ff]or now\b|NotImplementedException")]
    private static partial Regex Promise();

    // A folder of one user or one build machine: an absolute path that starts with one of these names.
    [GeneratedRegex(@"(?<![\w.~$})*])/(work|root|home|Users)/\w+|\b[A-Za-z]:\\+Users\\+\w+")]
    private static partial Regex Machine();

    // Registries answer under such host names, whoever runs them; pages about packages do not.
    [GeneratedRegex(@"\b(registry|pkgs|api)\.[\w-]+(\.[\w-]+)*\.(org|com|net|io|dev)\b")]
    private static partial Regex Registry();
}
