using RegionWebUI.Commands;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Pictures;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Commands;

public sealed class ExtensionVerbsTests : IDisposable
{
    private readonly TestProgram _program = new();
    private IReadOnlyDictionary<string, string>? _options;
    private Func<IEngine, CancellationToken, Task<int>> _work = (_, _) => Task.FromResult(0);

    public ExtensionVerbsTests()
    {
        _program.Catalog.Add("painter");
        Declare(
            "paint",
            new ExtensionOption("target-text", "Target", "What to paint.", IsFlag: false),
            new ExtensionOption("fast", "Fast", "", IsFlag: true));
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Verb_Options_ReachItAsTextAndItsCodeIsTheProgramsOwn()
    {
        _work = (_, _) => Task.FromResult(7);
        Assert.Equal(7, await _program.RunAsync("paint", "--target-text", "@a cat", "--fast"));
        Assert.Equal([new("target-text", "@a cat"), new("fast", "true")], _options!);
        Assert.Empty(_program.Factory.Loads);
    }

    [Fact]
    public async Task Verb_NoOptions_GetsNone()
    {
        Assert.Equal(0, await _program.RunAsync("paint"));
        Assert.Empty(_options!);
    }

    [Fact]
    public async Task Engine_Generate_LoadsTheNamedModelAndRunsWithTheExtensionsThatAreOn()
    {
        _work = async (engine, stop) =>
        {
            var pictures = await engine.GenerateAsync(new GenerationRequest { Prompt = "x", BatchSize = 2 }, stop);
            pictures = [.. pictures, .. await engine.GenerateAsync(new GenerationRequest { Prompt = "y" }, stop)];
            engine.Out.WriteLine(pictures.Count);
            return 0;
        };
        Assert.Equal(0, await _program.RunAsync("paint", "--device", "CPU", "--model", "tiny"));
        Assert.Equal(["3"], _program.OutLines);
        Assert.Equal("cpu", Assert.Single(_program.Factory.Loads).Device);
        var engine = Assert.Single(_program.Factory.Engines);
        Assert.Equal(["x", "y"], engine.Requests.Select(r => r.Prompt));
        Assert.All(engine.Extensions, ids => Assert.Equal(["painter"], ids));
        Assert.True(engine.IsDisposed);
        Assert.Contains(_program.ErrorLines, l => l.StartsWith("Sampling", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("in.png", "out.png")]
    [InlineData("in.webp", "out.WEBP")]
    [InlineData("in.jpg", "out.jpeg")]
    public async Task Engine_Pictures_AreReadAndWritten(string read, string write)
    {
        var source = _program.Picture(read, 8, 8, grey: 5);
        _work = (engine, _) =>
        {
            var picture = engine.ReadPicture(source);
            engine.WritePicture(_program.InWork(write), new GeneratedPicture(picture, 3, "painted"));
            return Task.FromResult(0);
        };
        Assert.Equal(0, await _program.RunAsync("paint"));
        var written = PictureFile.Decode(File.ReadAllBytes(_program.InWork(write)));
        Assert.Equal((PictureFormats.OfFile(write), "painted"), (written.Format, written.Infotext));
        Assert.Equal(5.0, written.Image.Rgb.Span[0], 2.0);
        Assert.Equal([read, write], _program.Files);
    }

    public static TheoryData<Func<IEngine, Task>, int, string[]> Failures => new()
    {
        { e => Task.FromResult(e.ReadPicture("/none/none.png")), 2, ["'/none/none.png' is not there"] },
        { e => Write(e, "/none/none.png"), 2, ["'/none/none.png' cannot be written"] },
        { e => Write(e, "a.gif"), 2, [".png, .jpg, .jpeg or .webp", "'a.gif'"] },
        { e => e.GenerateAsync(new GenerationRequest { Steps = 0 }, CancellationToken.None), 2, ["1 to 1000"] },
        { _ => throw new InvalidOperationException("Odd\nthing."), 1, ["'paint'", "'painter'", "(Odd thing)", "REGIONWEBUI_TRACE"] },
        { _ => throw new OperationCanceledException("Its own clock ran out."), 1, ["'paint'", "'painter'", "Its own clock ran out"] },
        { _ => throw new BadInputException("x", "X is wrong."), 2, ["X is wrong."] },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Verb_Fails_OneSentenceThatNamesTheCause(Func<IEngine, Task> fail, int code, string[] parts)
    {
        _work = async (engine, _) =>
        {
            await fail(engine);
            return 0;
        };
        Assert.Equal(code, await _program.RunAsync("paint"));
        Assert.All(parts, part => Assert.Contains(part, Assert.Single(_program.ErrorLines), StringComparison.Ordinal));
        Assert.Empty(_program.Factory.Loads);
    }

    [Fact]
    public async Task Verb_Interrupted_Exits130()
    {
        using var interrupt = new CancellationTokenSource();
        _work = async (engine, stop) =>
        {
            await interrupt.CancelAsync();
            await engine.GenerateAsync(new GenerationRequest(), stop);
            return 0;
        };
        Assert.Equal(130, await _program.RunAsync(interrupt.Token, "paint"));
    }

    [Fact]
    public async Task Help_ListsTheVerbs()
    {
        Assert.Equal(0, await _program.RunAsync("--help"));
        Assert.Matches("paint +Paints\\.", _program.Out);
        Assert.Contains("generate", _program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerbHelp_ListsItsOptionsAndTheSharedOnes()
    {
        Assert.Equal(0, await _program.RunAsync("paint", "--help"));
        Assert.All(
            ["--target-text", "What to paint.", "--fast", "--model", "--device", "--extensions", "--data-dir"],
            part => Assert.Contains(part, _program.Out, StringComparison.Ordinal));
        Assert.Null(_options);
    }

    [Theory]
    [InlineData("pant", "'paint'")]
    [InlineData("genrate", "'generate'")]
    public async Task UnknownVerb_NamesTheNearestOfAll(string verb, string nearest)
    {
        Assert.Equal(2, await _program.RunAsync(verb));
        Assert.Contains(nearest, Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", "list")]
    [InlineData("--version")]
    [InlineData("serve", "--port", "none")]
    public async Task BuiltInVerb_ExtensionsAreNotLookedAt(params string[] line)
    {
        await _program.RunAsync(line);
        Assert.Null(_program.ExtensionsAsked);
    }

    [Fact]
    public async Task Folders_OfTheLine_AreLookedInBeforeItIsRead()
    {
        var more = Directory.CreateDirectory(_program.InWork("more")).FullName;
        Assert.Equal(0, await _program.RunAsync("paint", "--extensions", more, "--data-dir=" + _program.InWork("data")));
        Assert.Equal([more, _program.InWork("data/extensions")], _program.ExtensionFolders);
        Assert.Equal(2, await _program.RunAsync("paint", "--extensions", _program.InWork("none")));
        Assert.Contains("not there", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("extensions")]
    [InlineData("help")]
    public async Task TakenOption_TheVerbIsPassedOverWithASentence(string option)
    {
        Declare("other", new ExtensionOption(option, "Label", "", IsFlag: false));
        Assert.Equal(0, await _program.RunAsync("paint", "--fast"));
        Assert.Contains($"'--{option}' is taken", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_OfTheProgram_AreTakenAndAllThere()
    {
        Assert.Equal(0, await _program.RunAsync("--help"));
        Assert.Equal(CommandLine.Verbs, _program.ExtensionsAsked!.TakenVerbs);
        var listed = _program.OutLines.SkipWhile(l => !l.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1)
            .Select(l => l.Trim().Split(' ')[0]);
        Assert.Equal([.. CommandLine.Verbs, "paint"], listed);
    }

    private static Task Write(IEngine engine, string path)
    {
        engine.WritePicture(path, new GeneratedPicture(new Image(1, 1, new byte[3]), 0, ""));
        return Task.CompletedTask;
    }

    private void Declare(string verb, params ExtensionOption[] options) => _program.Catalog.Change("painter", e => e with
    {
        Commands = [.. e.Commands, new ExtensionCommand("painter", verb, "Paints.", options, (values, engine, stop) =>
        {
            _options = values;
            return _work(engine, stop);
        })],
    });
}
