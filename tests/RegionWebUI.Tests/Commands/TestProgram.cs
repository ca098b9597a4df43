using RegionWebUI.Commands;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Imaging;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Tests.Commands;

/// <summary>The program on a scripted engine, with an empty folder to work in and a data folder of its own.</summary>
internal sealed class TestProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public TestProgram()
    {
        Directory.CreateDirectory(_folder.File("work"));
        var model = Directory.CreateDirectory(_folder.File("program", "models", "tiny")).FullName;
        File.WriteAllText(Path.Join(model, "model_index.json"), "{}");
        Parts = new ProgramParts
        {
            Engines = Factory,
            Out = TextWriter.Synchronized(_out),
            Error = TextWriter.Synchronized(_error),
            ProgramFolder = _folder.File("program"),
            Environment = name => name == "REGIONWEBUI_DATA" ? DataFolder : null,
            DrawSeed = () => 1234,
            OpenBrowser = Opened.Add,
            OpenExtensions = options =>
            {
                ExtensionsAsked = options;
                return Catalog;
            },
        };
    }

    public ScriptedEngineFactory Factory { get; } = new();

    public EngineScript Script => Factory.Script;

    public ProgramParts Parts { get; set; }

    public List<Uri> Opened { get; } = [];

    /// <summary>The extensions there are, wherever they are looked for.</summary>
    public ListedExtensions Catalog { get; } = new();

    /// <summary>How extensions were looked for last; null when nobody did.</summary>
    public ExtensionCatalogOptions? ExtensionsAsked { get; private set; }

    /// <summary>Where extensions were looked for last.</summary>
    public IEnumerable<string> ExtensionFolders => ExtensionsAsked!.Roots.Select(r => r.Folder);

    public string ProgramFolder => _folder.File("program");

    public string DataFolder => _folder.File("data");

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string[] OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names of the files in the folder to work in.</summary>
    public IEnumerable<string> Files => _folder.Files.Where(f => f.StartsWith("work/", StringComparison.Ordinal)).Select(f => f["work/".Length..]);

    /// <summary>Writes a picture of one grey into the folder to work in, in the format of its name's ending.</summary>
    public string Picture(string name, int width, int height, byte grey = 128, string? infotext = null)
    {
        var rgb = new byte[width * height * 3];
        Array.Fill(rgb, grey);
        File.WriteAllBytes(InWork(name), PictureFiles.Of(name, new Image(width, height, rgb), infotext));
        return InWork(name);
    }

    public string InWork(string name) => _folder.File("work", name);

    public Task<int> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    public Task<int> RunAsync(CancellationToken cancellationToken, params string[] args) => CommandLine.RunAsync(args, Parts, cancellationToken);

    /// <summary>Runs <c>generate --prompt "a cat" --out a.png</c> with more arguments.</summary>
    public Task<int> GenerateAsync(params string[] more) => RunAsync(["generate", "--prompt", "a cat", "--out", InWork("a.png"), .. more]);

    public void Dispose() => _folder.Dispose();
}
