using System.Text.Json;

namespace RegionWebUI.TestKit;

/// <summary>
/// The numbers the code must reproduce. They lie in tests/fixtures, or in the folder named by REGIONWEBUI_FIXTURES,
/// which has the same layout (pocket/reference as <c>pocket/</c>).
/// </summary>
public static class Fixtures
{
    /// <summary>The folder the fixtures are read from.</summary>
    public static string Root { get; } = Environment.GetEnvironmentVariable("REGIONWEBUI_FIXTURES") is { Length: > 0 } named
        ? System.IO.Path.GetFullPath(named)
        : System.IO.Path.Combine(Repository.Root, "tests", "fixtures");

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Reads a JSON file with its .bin beside it (the <c>bin</c> entry names it; without one there are no tensors).</summary>
    public static FixtureFile Open(params string[] parts)
    {
        var path = Path(parts);
        var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(path)).RootElement;
        if (!json.TryGetProperty("bin", out var bin))
        {
            return new FixtureFile(json, new Dictionary<string, JsonElement>(), []);
        }

        var data = System.IO.File.ReadAllBytes(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, bin.GetProperty("file").GetString()!));
        var tensors = bin.GetProperty("tensors").EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        return new FixtureFile(json, tensors, data);
    }
}
