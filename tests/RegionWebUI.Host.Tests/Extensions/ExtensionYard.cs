using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>Folders with extensions: "own" came with the program, "user" did not.</summary>
internal sealed class ExtensionYard : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public ExtensionYard() => Directory.CreateDirectory(_folder.File("data"));

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    public string SettingsFile => _folder.File("data", "extensions.json");

    public IReadOnlyList<string> Files => _folder.Files;

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_warnings)
            {
                return [.. _warnings];
            }
        }
    }

    public string Folder(string id, string root = "own") => _folder.File(root, id);

    public string Write(string path, string text) => _folder.Write(path, text);

    public string Write(string path, byte[] bytes) => _folder.Write(path, bytes);

    /// <summary>Puts an extension there, or a new build of it.</summary>
    public void Add(string id, Compiled assembly, string root = "own", Action<JsonObject>? manifest = null, params Compiled[] libraries)
    {
        var fields = new JsonObject
        {
            ["id"] = id,
            ["version"] = "1.2.3",
            ["sdk"] = "1.0",
            ["assembly"] = assembly.Name + ".dll",
        };
        manifest?.Invoke(fields);
        foreach (var library in libraries.Prepend(assembly))
        {
            library.Write(_folder, $"{root}/{id}");
        }

        _folder.Write($"{root}/{id}/extension.json", fields.ToJsonString());
    }

    /// <inheritdoc cref="Add(string, Compiled, string, Action{JsonObject}, Compiled[])"/>
    public void Add(string id, string code, string root = "own", Action<JsonObject>? manifest = null) =>
        Add(id, ExtensionCompiler.Compile($"Ext.{id}", code), root, manifest);

    public ExtensionCatalog Open(bool readOnly = false) => new(new ExtensionCatalogOptions
    {
        Roots = [new ExtensionRoot(_folder.File("own"), IsOwn: true), new ExtensionRoot(_folder.File("user"), IsOwn: false)],
        SettingsFile = SettingsFile,
        ReadOnly = readOnly,
        TakenVerbs = ["serve", "generate"],
        Time = Time,
        Warn = warning =>
        {
            lock (_warnings)
            {
                _warnings.Add(warning);
            }
        },
    });

    /// <summary>Opens a catalog and gives the one extension that is there.</summary>
    public ExtensionEntry Only() => Assert.Single(Open().Entries);

    /// <summary>The reason of the one extension that is there, which is broken, on one line of bearable length.</summary>
    public string Broken()
    {
        var entry = Only();
        Assert.Equal(ExtensionState.Broken, entry.State);
        Assert.NotNull(entry.Reason);
        Assert.DoesNotContain('\n', entry.Reason);
        Assert.InRange(entry.Reason.Length, 1, 600);
        Assert.Contains(Warnings, w => w.Contains(entry.Reason, StringComparison.Ordinal));
        return entry.Reason;
    }

    public static GenerationRequest Request(params (string Key, string Value)[] values) =>
        new() { Extensions = values.ToDictionary(v => v.Key, v => v.Value) };

    public static string[] Ids(ExtensionCatalog catalog) => [.. catalog.ForRun(Request()).Select(e => e.Id)];

    public void Dispose() => _folder.Dispose();
}
