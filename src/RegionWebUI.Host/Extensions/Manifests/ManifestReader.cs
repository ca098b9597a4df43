using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RegionWebUI.Diffusion;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions.Manifests;

/// <summary>Reads an <c>extension.json</c>: strict JSON, known fields only, and one sentence for the first thing that is wrong.</summary>
internal static partial class ManifestReader
{
    /// <summary>Most bytes of a manifest.</summary>
    public const int LargestFile = 64 * 1024;

    private const string VersionForm = "a version such as 1.2.0 or 1.2.0-beta.1";
    private const string AssemblyForm = "the path of a .dll inside the extension's folder, with '/' between its parts and no '..'";

    private static readonly string[] _fields =
        ["id", "version", "name", "description", "sdk", "assembly", "before", "after", "parameters"];

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    // The form of semver.org, item 2, 9 and 10; lengths are bounded by the match below.
    [GeneratedRegex(@"^(?=.{5,64}\z)(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z.-]+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex SemanticVersion { get; }

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex SdkForm { get; }

    /// <summary>Reads the manifest of a folder.</summary>
    /// <param name="folder">The extension's folder, as a full path.</param>
    /// <exception cref="ExtensionRefusedException">The manifest cannot be taken.</exception>
    /// <exception cref="IOException">It cannot be read just now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ExtensionManifest Read(string folder)
    {
        var folderName = Path.GetFileName(folder);
        var file = $"{NameSuggestion.Shortened(folderName)}/{ExtensionManifest.FileName}";
        var path = new FileInfo(Path.Join(folder, ExtensionManifest.FileName));
        if (path.Length > LargestFile)
        {
            throw new ExtensionRefusedException($"{file} has {path.Length} bytes; a manifest has at most {LargestFile}.");
        }

        if (path.Length == 0)
        {
            // A pipe has no length either, and reading one would wait for its writer.
            throw new ExtensionRefusedException($"{file} is empty.");
        }

        var bytes = File.ReadAllBytes(path.FullName).AsMemory();
        try
        {
            using var json = JsonDocument.Parse(bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, _strict);
            return Read(json.RootElement, file, folderName);
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $" at line {number + 1}") : "";
            throw new ExtensionRefusedException($"{file} is not valid JSON{line}: {ErrorText.Line(error.Message)}");
        }
        catch (InvalidOperationException)
        {
            // A text with half a character, which only reading it shows.
            throw new ExtensionRefusedException($"{file} holds a text that is not valid Unicode.");
        }
    }

    private static ExtensionManifest Read(JsonElement root, string file, string folderName)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ExtensionRefusedException($"{file} must hold one JSON object, not {root.ValueKind}.");
        }

        if (root.EnumerateObject().FirstOrDefault(p => !_fields.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new ExtensionRefusedException($"{file}: {ErrorText.Line(NameSuggestion.Unknown("field", unknown.Name, _fields))}");
        }

        ManifestField Field(string name) => new(file, name, root.TryGetProperty(name, out var value) ? value : default);
        var id = Field("id").Match(ExtensionId.Form, ExtensionId.Described);
        if (id != folderName)
        {
            throw Field("id").Wrong($"the folder's name '{ErrorText.Line(NameSuggestion.Shortened(folderName))}'");
        }

        CheckSdk(Field("sdk"));
        return new ExtensionManifest(id, Field("version").Match(SemanticVersion, VersionForm), Assembly(Field("assembly")))
        {
            Name = Field("name").Line(id, 60),
            Description = Field("description").Line("", 400),
            Before = Field("before").Ids(id),
            After = Field("after").Ids(id),
            Parameters = Field("parameters").Values(),
        };
    }

    /// <summary>"1.2" asks for at least 1.2 of the same major version.</summary>
    private static void CheckSdk(ManifestField field)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{SdkVersion.Major}.{SdkVersion.Minor}");
        var parts = field.Match(SdkForm, $"the SDK's version it was written for, such as {own}").Split('.');
        var (major, minor) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        if (major != SdkVersion.Major || minor > SdkVersion.Minor)
        {
            throw field.Wrong(string.Create(CultureInfo.InvariantCulture, $"{SdkVersion.Major}.0 to {own}, which this program has"));
        }
    }

    private static string Assembly(ManifestField field)
    {
        var path = field.Line("", 200);
        var parts = path.Split('/');
        var legal = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            && path.AsSpan().IndexOfAny('\\', ':', '\0') < 0
            && parts.All(p => p.Length > 0 && p.Trim() == p && p is not ("." or ".."));
        return legal ? path : throw field.Wrong(AssemblyForm);
    }
}
