using System.Text.Json;
using RegionWebUI.Commands;
using RegionWebUI.Diffusion;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Tests.Commands;

public sealed class GenerateCommandTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    private GenerationRequest Asked => _program.Factory.Engines.Single().Requests.Single();

    [Fact]
    public async Task Generate_PromptAndOut_WritesThePictureWithItsInfotext()
    {
        Assert.Equal(0, await _program.GenerateAsync("--seed", "7"));
        Assert.Equal(["a.png"], _program.Files);
        var file = PngFile.Decode(File.ReadAllBytes(_program.InWork("a.png")));
        var expected = ScriptedEngine.PicturesOf(Asked).Single();
        Assert.Equal(expected.Picture.Rgb.ToArray(), file.Image.Rgb.ToArray());
        Assert.Equal(expected.Infotext, file.Infotext);
        Assert.Contains(_program.InWork("a.png"), _program.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_program.DataFolder));
    }

    [Fact]
    public async Task Generate_EveryOption_ReachesTheEngine()
    {
        Assert.Equal(0, await _program.GenerateAsync(
            "--negative", "dog", "--seed", "4294967295", "--steps", "3", "--cfg", "2.5", "--sampler", "euler A", "--schedule", "Karras",
            "--width", "72", "--height", "96", "--batch", "2", "--device", "CPU"));
        var expected = new GenerationRequest
        {
            Prompt = "a cat",
            NegativePrompt = "dog",
            Seed = 4294967295,
            Steps = 3,
            CfgScale = 2.5,
            Sampler = "euler A",
            Schedule = "Karras",
            Width = 72,
            Height = 96,
            BatchSize = 2,
        };
        Assert.Equal(expected, Asked);
        Assert.Equal("cpu", _program.Factory.Loads.Single().Device);
    }

    [Fact]
    public async Task Generate_NothingElseSaid_TakesTheDefaults()
    {
        Assert.Equal(0, await _program.GenerateAsync());
        Assert.Equal(new GenerationRequest { Prompt = "a cat", Seed = 1234 }, Asked);
        Assert.Contains("seed 1234", _program.Out, StringComparison.Ordinal);
        Assert.Equal("auto", _program.Factory.Loads.Single().Device);
    }

    [Fact]
    public async Task Generate_Batch_NumbersTheFiles()
    {
        Assert.Equal(0, await _program.GenerateAsync("--batch", "3", "--seed", "5"));
        Assert.Equal(["a-2.png", "a-3.png", "a.png"], _program.Files);
        var infotexts = new[] { "a.png", "a-2.png", "a-3.png" }.Select(f => PngFile.ReadInfo(File.ReadAllBytes(_program.InWork(f))).Infotext!);
        Assert.Equal(["5", "6", "7"], infotexts.Select(t => t.Split("Seed: ")[1]));
    }

    [Fact]
    public async Task Generate_Json_StdoutIsOneObject()
    {
        Assert.Equal(0, await _program.GenerateAsync("--json", "--steps", "3", "--seed", "9", "--batch", "2"));
        var json = JsonDocument.Parse(_program.Out).RootElement;
        Assert.Equal(_program.InWork("a.png"), json.GetProperty("file").GetString());
        Assert.Equal(9, json.GetProperty("seed").GetInt64());
        Assert.Equal(64, json.GetProperty("width").GetInt32());
        Assert.Equal(64, json.GetProperty("height").GetInt32());
        Assert.Equal(3, json.GetProperty("steps").GetInt32());
        Assert.Equal("DDIM", json.GetProperty("sampler").GetString());
        Assert.Equal("auto (scripted)", json.GetProperty("device").GetString());
        var seconds = json.GetProperty("seconds");
        Assert.True(seconds.GetProperty("load").GetDouble() >= 0.25);
        Assert.Equal(1.5, seconds.GetProperty("sample").GetDouble());
        Assert.Equal(0.125, seconds.GetProperty("decode").GetDouble());
        Assert.StartsWith("a cat\nSteps: 3", json.GetProperty("infotext").GetString(), StringComparison.Ordinal);
        Assert.Equal([9, 10], json.GetProperty("pictures").EnumerateArray().Select(p => p.GetProperty("seed").GetInt64()));
        Assert.Single(_program.OutLines);
    }

    [Fact]
    public async Task Generate_NoTerminal_ProgressComesInPlainLinesOnStderr()
    {
        Assert.Equal(0, await _program.GenerateAsync("--steps", "40", "--json"));
        Assert.Equal("Loading the model", _program.ErrorLines[0]);
        Assert.Equal(10, _program.ErrorLines.Count(l => l.StartsWith("Step ", StringComparison.Ordinal)));
        Assert.DoesNotContain('\r', _program.Error);
    }

    [Fact]
    public async Task Generate_Terminal_ProgressIsOneLineThatGoesAway()
    {
        _program.Parts = _program.Parts with { ErrorIsTerminal = true };
        Assert.Equal(0, await _program.GenerateAsync("--steps", "40"));
        Assert.Empty(_program.ErrorLines.Skip(1));
        Assert.Contains("Step 33/40", _program.Error, StringComparison.Ordinal);
        Assert.EndsWith(" \r", _program.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@everyone, a cat")]
    [InlineData("--steps")]
    [InlineData("-1")]
    [InlineData("[a cat:a dog:0.5]")]
    [InlineData("")]
    [InlineData("猫 \"quoted\"\nline")]
    public async Task Generate_OddPrompt_ReachesTheEngineAsItIs(string prompt)
    {
        string[] option = prompt.StartsWith("--", StringComparison.Ordinal) ? ["--prompt=" + prompt] : ["--prompt", prompt];
        Assert.Equal(0, await _program.RunAsync(["generate", .. option, "--out", _program.InWork("a.png")]));
        Assert.Equal(prompt, Asked.Prompt);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("loading")]
    [InlineData("step 2")]
    [InlineData("decoding")]
    public async Task Generate_Interrupted_Ends130AndLeavesNothing(string moment)
    {
        var held = _program.Script.HoldAt(moment);
        using var interrupt = new CancellationTokenSource();
        var run = _program.RunAsync(interrupt.Token, "generate", "--prompt", "a cat", "--out", _program.InWork("a.png"));
        await held.Reached;
        await interrupt.CancelAsync();
        Assert.Equal(130, await run);
        held.Release();
        Assert.Empty(_program.Files);
        Assert.Empty(_program.Out);
    }

    public static TheoryData<Exception, int> Failures => new()
    {
        { new BadInputException("Width", "Width is wrong here."), 2 },
        { new ModelException("The file x is damaged."), 3 },
        { new DeviceException("The device is gone."), 4 },
        { new InvalidOperationException("odd"), 1 },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Generate_EngineFails_OneSentenceItsCodeAndNoFile(Exception error, int code)
    {
        _program.Script.FailAt("step 2", error);
        Assert.Equal(code, await _program.GenerateAsync());
        Assert.Contains(error.Message.TrimEnd('.'), _program.ErrorLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _program.Error, StringComparison.Ordinal);
        Assert.Empty(_program.Files);
        Assert.Empty(_program.Out);
    }

    [Fact]
    public async Task Generate_LoadFails_ExitsWithTheModelsCode()
    {
        _program.Script.FailAt(EngineScript.Open, new ModelException("unet/config.json is missing."));
        Assert.Equal(3, await _program.GenerateAsync());
        Assert.Equal("unet/config.json is missing.", _program.ErrorLines[^1]);
        Assert.Empty(_program.Files);
    }

    [Fact]
    public async Task Generate_Traced_ShowsWhere()
    {
        _program.Parts = _program.Parts with { Environment = name => name == "REGIONWEBUI_TRACE" ? "1" : _program.DataFolder };
        _program.Script.FailAt("step 2", new InvalidOperationException("odd"));
        Assert.Equal(ExitCode.Unexpected, await _program.GenerateAsync());
        Assert.Contains("   at ", _program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_OldFile_IsReplacedOnlyWhenTheRunIsDone()
    {
        File.WriteAllText(_program.InWork("a.png"), "old");
        _program.Script.FailAt("step 2", new DeviceException("gone"));
        await _program.GenerateAsync();
        Assert.Equal("old", File.ReadAllText(_program.InWork("a.png")));
        Assert.Equal(0, await _program.GenerateAsync());
        Assert.NotEqual("old", File.ReadAllText(_program.InWork("a.png")));
    }

    [Fact]
    public async Task Generate_Model_ByNameAndByFolder()
    {
        Assert.Equal(0, await _program.GenerateAsync("--model", "TINY"));
        var folder = _program.Factory.Loads[0].Folder;
        Assert.Equal("tiny", Path.GetFileName(folder));
        Assert.Equal(0, await _program.GenerateAsync("--model", folder));
        Assert.Equal(folder, _program.Factory.Loads[1].Folder);
    }
}
