using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Commands;

/// <summary>generate --init, --strength and --mask.</summary>
public sealed class GenerateInitTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    private GenerationRequest Asked => _program.Factory.Engines.Single().Requests.Single();

    [Fact]
    public async Task Generate_InitStrengthAndMask_ReachTheEngine()
    {
        var init = _program.Picture("init.png", 96, 64, grey: 7);
        var mask = _program.Picture("mask.png", 40, 24, grey: 255);
        Assert.Equal(0, await _program.GenerateAsync("--init", init, "--strength", "0.6", "--mask", mask));
        Assert.Equal((96, 64, 0.6), (Asked.Width, Asked.Height, Asked.Strength));
        Assert.Equal((96, 64), (Asked.Init!.Width, Asked.Init.Height));
        Assert.All(Asked.Init.Rgb.ToArray(), value => Assert.Equal(7, value));
        Assert.Equal((40, 24), (Asked.Mask!.Width, Asked.Mask.Height));
        Assert.All(Asked.Mask.Values.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public async Task Generate_BlackMask_EditsNothing()
    {
        var mask = _program.Picture("mask.png", 64, 64, grey: 0);
        Assert.Equal(0, await _program.GenerateAsync("--init", _program.Picture("init.png", 64, 64), "--mask", mask));
        Assert.All(Asked.Mask!.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public async Task Generate_InitAlone_TakesTheDefaultStrengthAndNoMask()
    {
        Assert.Equal(0, await _program.GenerateAsync("--init", _program.Picture("init.png", 64, 64)));
        Assert.Equal(new GenerationRequest().Strength, Asked.Strength);
        Assert.Null(Asked.Mask);
    }

    [Theory]
    [InlineData(99, 100, 96, 104)]
    [InlineData(61, 40, 64, 64)]
    [InlineData(3, 2100, 64, 2048)]
    [InlineData(68, 67, 72, 64)]
    public async Task Generate_InitOfAnySize_GivesTheNearestLegalOne(int width, int height, int expectedWidth, int expectedHeight)
    {
        Assert.Equal(0, await _program.GenerateAsync("--init", _program.Picture("init.png", width, height)));
        Assert.Equal((expectedWidth, expectedHeight), (Asked.Width, Asked.Height));
    }

    [Fact]
    public async Task Generate_SizeSaid_HoldsBeforeTheInits()
    {
        Assert.Equal(0, await _program.GenerateAsync("--init", _program.Picture("init.png", 96, 64), "--width", "128"));
        Assert.Equal((128, 64), (Asked.Width, Asked.Height));
    }

    [Fact]
    public async Task Generate_InitIsOut_IsReadBeforeItIsReplaced()
    {
        var init = _program.Picture("a.png", 64, 64, grey: 9);
        Assert.Equal(0, await _program.GenerateAsync("--init", init));
        Assert.Equal(9, Asked.Init!.Rgb.Span[0]);
        Assert.NotNull(PngFile.ReadInfo(File.ReadAllBytes(init)).Infotext);
    }

    public static TheoryData<string[], string[]> Refused => new()
    {
        { ["--strength", "0.5"], ["--strength", "--init"] },
        { ["--mask", "good.png"], ["--mask", "--init"] },
        { ["--init", "none.png"], ["none.png", "--init", "not there"] },
        { ["--init", "none/none.png"], ["none.png", "not there"] },
        { ["--init", "text.png"], ["text.png", "--init", "cannot be used"] },
        { ["--init", "empty.png"], ["empty.png", "cannot be used"] },
        { ["--init", "half.png"], ["half.png", "cannot be used"] },
        { ["--init", "large.png"], ["large.png", "--init", "64 MiB"] },
        { ["--init", "."], ["folder"] },
        { ["--init", ""], ["--init", "''"] },
        { ["--init", "a\0.png"], ["--init"] },
        { ["--init", "good.png", "--mask", "text.png"], ["text.png", "--mask"] },
        { ["--init", "good.png", "--mask", "none.png"], ["none.png", "--mask", "not there"] },
        { ["--init", "good.png", "--strength", "much"], ["'much'", "0 to 1"] },
        { ["--init"], ["--init"] },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Generate_BadPicture_OneSentenceAndNoLoad(string[] more, string[] parts)
    {
        var good = File.ReadAllBytes(_program.Picture("good.png", 64, 64));
        File.WriteAllText(_program.InWork("text.png"), "no picture");
        File.WriteAllText(_program.InWork("empty.png"), "");
        File.WriteAllBytes(_program.InWork("half.png"), good[..(good.Length / 2)]);
        using (var large = File.Create(_program.InWork("large.png")))
        {
            large.SetLength((64 << 20) + 1);
        }

        var before = _program.Files.ToArray();
        string Named(string text) => text.EndsWith(".png", StringComparison.Ordinal) || text == "." ? _program.InWork(text) : text;

        Assert.Equal(2, await _program.GenerateAsync([.. more.Select(Named)]));
        var sentence = Assert.Single(_program.ErrorLines);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
        Assert.Empty(_program.Factory.Loads);
        Assert.Equal(before, _program.Files);
    }

    [Fact]
    public async Task Generate_EndlessFile_IsRefusedAtTheLimit()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no endless file here.");
        Assert.Equal(2, await _program.GenerateAsync("--init", "/dev/zero"));
        Assert.Contains("64 MiB", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }
}
