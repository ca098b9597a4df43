using System.Text.Json;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Commands;

/// <summary>generate with extensions: values, hook log, failures, attachments, folders.</summary>
public sealed class GenerateExtensionTests : IDisposable
{
    private static readonly HookFailure _failure = new("second", "1.2", HookKind.Guide, 4, "Divided\nby zero.", "at ...");

    private readonly TestProgram _program = new();
    private readonly HookingEngines _engines;

    public GenerateExtensionTests()
    {
        _engines = new HookingEngines(_program.Factory);
        _program.Parts = _program.Parts with { Engines = _engines };
        _program.Catalog.Add("first", ExtensionState.On, ListedExtensions.Number("first", "share"), ListedExtensions.Number("first", "feather"))
            .Add("second").Add("sleeping", ExtensionState.Off).Add("broken", ExtensionState.Broken);
        _program.Catalog.Change("broken", e => e with { Reason = "Its assembly is missing." });
    }

    public void Dispose() => _program.Dispose();

    private GenerationRequest Asked => _program.Factory.Engines.Single().Requests.Single();

    private JsonElement Json => JsonDocument.Parse(_program.Out).RootElement;

    [Fact]
    public async Task Generate_ExtensionsThatAreOn_TakePartInOrder()
    {
        Assert.Equal(0, await _program.GenerateAsync());
        Assert.Equal(["first", "second"], _program.Factory.Engines.Single().Extensions.Single());
        Assert.Empty(Asked.Extensions);
    }

    [Fact]
    public async Task Generate_Ext_SetsTheValues()
    {
        Assert.Equal(0, await _program.GenerateAsync("--ext", "first.share=3.5", "--ext", "first.feather=0"));
        Assert.Equal([new("first/feather", "0"), new("first/share", "3.5")], Asked.Extensions);
    }

    public static TheoryData<string, string[]> BadValues => new()
    {
        { "first.share", ["'first.share'", "ID.NAME=VALUE"] },
        { "share=3", ["'share=3'", "ID.NAME=VALUE"] },
        { ".share=3", ["ID.NAME=VALUE"] },
        { "first.=3", ["ID.NAME=VALUE"] },
        { "", ["ID.NAME=VALUE"] },
        { "frist.share=3", ["'frist'", "nearest is 'first'"] },
        { "first.shore=3", ["'shore'", "nearest is 'share'", "feather"] },
        { "second.share=3", ["'second'", "no parameters"] },
        { "sleeping.share=3", ["'sleeping' is off", "'extension enable sleeping'"] },
        { "broken.share=3", ["'broken'", "Its assembly is missing"] },
        { "first.share=much", ["'much'", "0 to 10"] },
    };

    [Theory]
    [MemberData(nameof(BadValues), DisableDiscoveryEnumeration = true)]
    public async Task Generate_BadExt_OneSentenceAndNoLoad(string value, string[] parts)
    {
        Assert.Equal(2, await _program.GenerateAsync("--ext", value));
        AssertRefused(parts);
    }

    [Fact]
    public async Task Generate_ExtTwice_IsRefused()
    {
        Assert.Equal(2, await _program.GenerateAsync("--ext", "first.share=1", "--ext", "first.share=2"));
        AssertRefused("first.share", "twice");
    }

    [Fact]
    public async Task Generate_CatalogRefusesTheValues_IsRefusedBeforeLoading()
    {
        _program.Catalog.Refusal = new BadInputException("ext/first/share", "Share must be from 0 to 10, not 11.");
        Assert.Equal(2, await _program.GenerateAsync("--ext", "first.share=11"));
        AssertRefused("not 11");
    }

    [Fact]
    public async Task Generate_NoExtensionAtAll_SaysSo()
    {
        _program.Parts = _program.Parts with { OpenExtensions = _ => NoExtensions.Instance };
        Assert.Equal(2, await _program.GenerateAsync("--ext", "first.share=1"));
        AssertRefused("'first'", "no extension was found");
    }

    [Fact]
    public async Task Generate_HookLog_IsInTheJson()
    {
        _engines.Failures.Add(_failure);
        _engines.Change = result => result with
        {
            Hooks = new HookLog(
                ["first 1.2"],
                [new("first", HookKind.Plan, 0, 1.5), new("first", HookKind.Blend, 0, 4), new("first", HookKind.Plan, 1, 2)],
                [_failure]),
        };
        Assert.Equal(0, await _program.GenerateAsync("--json"));
        Assert.Equal(
            """[{"extension":"first","version":"1.2","hook":"plan","calls":2,"milliseconds":3.5},"""
            + """{"extension":"first","version":"1.2","hook":"blend","calls":1,"milliseconds":4}]""",
            Json.GetProperty("hooks").GetRawText());
        Assert.Equal(
            """[{"extension":"second","version":"1.2","hook":"guide","step":4,"message":"Divided\nby zero."}]""",
            Json.GetProperty("extensionErrors").GetRawText());
        Assert.Single(_program.OutLines);
    }

    [Fact]
    public async Task Generate_ExtensionBreaksBesideTheRun_IsInTheJson()
    {
        _engines.Change = result =>
        {
            _program.Catalog.Change("first", e => e with { State = ExtensionState.Broken, Reason = "threw in the background: No." });
            return result with { Hooks = new HookLog(["first 1.2"], [], []) };
        };
        Assert.Equal(0, await _program.GenerateAsync("--json"));
        Assert.Equal(
            """[{"extension":"first","version":"1.2","hook":"background","step":-1,"message":"threw in the background: No."}]""",
            Json.GetProperty("extensionErrors").GetRawText());
    }

    [Fact]
    public async Task Generate_NoHookRan_TheListsAreEmpty()
    {
        Assert.Equal(0, await _program.GenerateAsync("--json"));
        Assert.Equal("[]", Json.GetProperty("hooks").GetRawText());
        Assert.Equal("[]", Json.GetProperty("extensionErrors").GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Generate_HookFails_OneLineNamesExtensionStageStepAndError(bool terminal)
    {
        _program.Parts = _program.Parts with { ErrorIsTerminal = terminal };
        _engines.Failures.AddRange([_failure, _failure with { Extension = "first", Kind = HookKind.Start, Step = -1, Message = "No." }]);
        Assert.Equal(0, await _program.GenerateAsync());
        var lines = _program.Error.Split('\n', '\r').Where(l => l.StartsWith("The extension", StringComparison.Ordinal));
        Assert.Equal(
            [
                "The extension 'second' 1.2 failed (guide, step 5: Divided by zero); the run starts once more without it.",
                "The extension 'first' 1.2 failed (start: No); the run starts once more without it.",
            ],
            lines);
    }

    [Fact]
    public async Task Generate_Traced_HookFailsAndWarningsAreShownWhole()
    {
        _engines.Failures.Add(_failure);
        Assert.Equal(0, await _program.GenerateAsync());
        _program.ExtensionsAsked!.Warn("short\nlong");
        Assert.DoesNotContain("at ...", _program.ErrorLines);
        Assert.Equal("short", _program.ErrorLines[^1]);

        _program.Parts = _program.Parts with { Environment = name => name == "REGIONWEBUI_TRACE" ? "1" : _program.DataFolder };
        Assert.Equal(0, await _program.GenerateAsync());
        _program.ExtensionsAsked!.Warn("short\nlong");
        Assert.Contains("at ...", _program.ErrorLines);
        Assert.Equal("long", _program.ErrorLines[^1]);
    }

    [Fact]
    public async Task Generate_HookReports_IsShown()
    {
        _engines.News.AddRange([new("first", HookKind.Start, "inverting, 3 of 50"), new("first", HookKind.Start, "")]);
        Assert.Equal(0, await _program.GenerateAsync());
        Assert.Single(_program.ErrorLines, "first (start): inverting, 3 of 50");
        Assert.DoesNotContain(_program.ErrorLines, l => l.EndsWith("(start): ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_Attachments_StandBesideTheirPictureAndInTheJson()
    {
        _engines.Change = result => result with { Pictures = [.. result.Pictures.Select(p => p with { Attachments = [Attached("mask", 3)] })] };
        Assert.Equal(0, await _program.GenerateAsync("--batch", "2", "--json"));
        Assert.Equal(["a-2-mask.png", "a-2.png", "a-mask.png", "a.png"], _program.Files);
        var file = PngFile.Decode(File.ReadAllBytes(_program.InWork("a-2-mask.png")));
        Assert.Equal(3, file.Image.Rgb.Span[0]);
        Assert.Null(file.Infotext);
        var attachment = Assert.Single(Json.GetProperty("pictures")[1].GetProperty("attachments").EnumerateArray());
        Assert.Equal("mask", attachment.GetProperty("name").GetString());
        Assert.Equal(_program.InWork("a-2-mask.png"), attachment.GetProperty("file").GetString());
    }

    [Fact]
    public async Task Generate_Curves_AreInTheJsonWholeAndElseInALine()
    {
        Curve loss = new("loss", [0.9, 1.0 / 3, 0.25]);
        _engines.Change = result => result with { Pictures = [.. result.Pictures.Select(p => p with { Curves = [loss] })] };
        Assert.Equal(0, await _program.GenerateAsync("--json"));
        var curve = Assert.Single(Json.GetProperty("pictures")[0].GetProperty("curves").EnumerateArray());
        Assert.Equal("loss", curve.GetProperty("name").GetString());
        Assert.Equal([0.9, 1.0 / 3, 0.25], curve.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));

        Assert.Equal(0, await _program.GenerateAsync());
        Assert.Contains("loss: 3 values, 0.9 to 0.25", _program.Out, StringComparison.Ordinal);
        Assert.Equal(["a.png"], _program.Files);
    }

    [Fact]
    public async Task Generate_AttachmentsWithTakenNames_ReplaceNeitherPicturesNorInputs()
    {
        var mask = _program.Picture("a-mask.png", 64, 64, grey: 200);
        _engines.Change = result => result with
        {
            Pictures =
            [
                result.Pictures[0] with { Attachments = [Attached("2", 1), Attached("mask", 2), Attached("MASK", 3)] },
                .. result.Pictures.Skip(1),
            ],
        };
        Assert.Equal(0, await _program.GenerateAsync("--init", _program.Picture("init.png", 64, 64), "--mask", mask, "--batch", "2"));
        Assert.Equal(["a-2-2.png", "a-2.png", "a-MASK-3.png", "a-mask-2.png", "a-mask.png", "a.png", "init.png"], _program.Files);
        Assert.Equal(200, PngFile.Decode(File.ReadAllBytes(mask)).Image.Rgb.Span[0]);
        Assert.NotNull(PngFile.ReadInfo(File.ReadAllBytes(_program.InWork("a-2.png"))).Infotext);
    }

    [Fact]
    public async Task Generate_LanesThatExtensionsAdded_AreWrittenToo()
    {
        _engines.Change = result => result with { Pictures = [.. result.Pictures, result.Pictures[0] with { Seed = 99 }] };
        Assert.Equal(0, await _program.GenerateAsync());
        Assert.Equal(["a-2.png", "a.png"], _program.Files);
        Assert.Contains("seed 99", _program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_Folders_AreTheNamedThenTheProgramsThenTheDataFolders()
    {
        var (one, two) = (Directory.CreateDirectory(_program.InWork("one")).FullName, Directory.CreateDirectory(_program.InWork("two")).FullName);
        var own = Directory.CreateDirectory(Path.Join(_program.ProgramFolder, "extensions")).FullName;
        Assert.Equal(0, await _program.GenerateAsync("--extensions", one, "--extensions", two));
        Assert.Equal([one, two, own, Path.Join(_program.DataFolder, "extensions")], _program.ExtensionFolders);
        Assert.Equal([true, true, true, false], _program.ExtensionsAsked!.Roots.Select(r => r.IsOwn));
        Assert.Equal(Path.Join(_program.DataFolder, "extensions.json"), _program.ExtensionsAsked.SettingsFile);
        Assert.True(_program.ExtensionsAsked.ReadOnly);
        Assert.False(Directory.Exists(_program.DataFolder));
    }

    [Fact]
    public async Task Generate_NamedFolderMissing_IsRefused()
    {
        Assert.Equal(2, await _program.GenerateAsync("--extensions", _program.InWork("none")));
        AssertRefused("none", "--extensions", "not there");
    }

    private static KeyValuePair<string, Image> Attached(string name, byte value) => new(name, new Image(1, 1, new[] { value, value, value }));

    private void AssertRefused(params string[] parts)
    {
        var sentence = Assert.Single(_program.ErrorLines);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        Assert.Empty(_program.Factory.Loads);
        Assert.Empty(_program.Files);
    }
}
