namespace RegionWebUI.Tests.Commands;

public sealed class BadInputTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    /// <summary>More arguments of generate, the exit code, and what the one sentence must hold.</summary>
    public static TheoryData<string[], int, string[]> Values => new()
    {
        { ["--sampler", "Eulr"], 2, ["'Eulr'", "'Euler'", "DDIM"] },
        { ["--schedule", "Karass"], 2, ["'Karass'", "'Karras'"] },
        { ["--model", "/no/such/folder"], 3, ["'/no/such/folder'", "'tiny'"] },
        { ["--model", "tinny"], 3, ["'tinny'", "'tiny'"] },
        { ["--width", "130"], 2, ["130", "multiple of 8", "64", "2048"] },
        { ["--width", "56"], 2, ["56", "64", "2048"] },
        { ["--height", "2056"], 2, ["2056", "64", "2048"] },
        { ["--height", "0"], 2, ["0", "64", "2048"] },
        { ["--width", "-64"], 2, ["-64", "64", "2048"] },
        { ["--width", "wide"], 2, ["'wide'", "multiple of 8", "64", "2048"] },
        { ["--steps", "0"], 2, ["0", "1 to 1000"] },
        { ["--steps", "10000"], 2, ["10000", "1 to 1000"] },
        { ["--steps", "abc"], 2, ["'abc'", "1 to 1000"] },
        { ["--steps", "4294967297"], 2, ["4294967297", "1 to 1000"] },
        { ["--steps", ""], 2, ["''", "1 to 1000"] },
        { ["--steps"], 2, ["--steps"] },
        { ["--steps", "3", "--steps", "4"], 2, ["--steps"] },
        { ["--cfg", "NaN"], 2, ["NaN", "1 to 100"] },
        { ["--cfg", "Infinity"], 2, ["Infinity", "1 to 100"] },
        { ["--cfg", "1e999"], 2, ["1 to 100"] },
        { ["--cfg", "0"], 2, ["0", "1 to 100"] },
        { ["--cfg", "five"], 2, ["'five'", "1 to 100"] },
        { ["--seed", "-1"], 2, ["-1", "0 to 4294967295"] },
        { ["--seed", "4294967296"], 2, ["4294967296", "0 to 4294967295"] },
        { ["--seed", "99999999999999999999999"], 2, ["99999999999999999999999", "0 to 4294967295"] },
        { ["--batch", "0"], 2, ["0", "1 to 64"] },
        { ["--batch", "65"], 2, ["65", "1 to 64"] },
        { ["--batch", "64", "--width", "2048", "--height", "2048"], 2, ["67,108,864", "268,435,456"] },
        { ["--device", "gpu"], 2, ["'gpu'", "'cpu'", "directml"] },
        { ["--negative", new string('a', 100_000)], 2, ["100,000", "32,768"] },
        { ["--stpes", "3"], 2, ["'--stpes'", "'--steps'"] },
        { ["--quality", "80"], 2, ["--quality", "a.png", "PNG"] },
        { ["--lossless"], 2, ["--lossless", "WebP", "a.png"] },
        { ["dog"], 2, ["'dog'", "quotes"] },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task Generate_BadValue_OneSentenceTheCodeNoFileNoLoad(string[] more, int code, string[] parts)
    {
        Assert.Equal(code, await _program.GenerateAsync(more));
        Assert.All(parts, part => Assert.Contains(part, Sentence(), StringComparison.Ordinal));
        AssertNothingHappened();
    }

    [Fact]
    public async Task Generate_HugePrompt_IsRefusedWithoutRepeatingIt()
    {
        Assert.Equal(2, await _program.RunAsync("generate", "--prompt", new string('a', 100_000), "--out", _program.InWork("a.png")));
        Assert.Contains("100,000", Sentence(), StringComparison.Ordinal);
        Assert.True(_program.Error.Length < 200);
        AssertNothingHappened();
    }

    public static TheoryData<string, string[]> Outs => new()
    {
        { "a.gif", [".png, .jpg, .jpeg or .webp", "a.gif"] },
        { "a.jpg.txt", [".png, .jpg, .jpeg or .webp"] },
        { "a", [".png"] },
        { "", [".png"] },
        { "none/a.png", ["none", "folder"] },
        { "file/a.png", ["file"] },
        { "folder.png", ["folder.png"] },
        { "a\0.png", [".png"] },
        { new string('n', 300) + ".png", ["cannot be written"] },
        { "/proc/a.png", ["/proc/a.png", "cannot be written"] },
    };

    [Theory]
    [MemberData(nameof(Outs), DisableDiscoveryEnumeration = true)]
    public async Task Generate_BadOut_IsRefusedBeforeLoading(string name, string[] parts)
    {
        File.WriteAllText(_program.InWork("file"), "");
        Directory.CreateDirectory(_program.InWork("folder.png"));
        var path = name is "" or ['/', ..] ? name : _program.InWork(name);
        Assert.Equal(2, await _program.RunAsync("generate", "--prompt", "a cat", "--out", path));
        Assert.All(parts, part => Assert.Contains(part, Sentence(), StringComparison.Ordinal));
        Assert.Equal(["file"], _program.Files);
        Assert.Empty(_program.Factory.Loads);
        Assert.Empty(_program.Out);
    }

    [Fact]
    public async Task Generate_LaterPictureOfABatchCannotBeWritten_IsRefusedBeforeLoading()
    {
        Directory.CreateDirectory(_program.InWork("a-3.png"));
        Assert.Equal(2, await _program.GenerateAsync("--batch", "3"));
        Assert.Contains("a-3.png", Sentence(), StringComparison.Ordinal);
        AssertNothingHappened();
    }

    [Fact]
    public async Task Generate_FolderWithoutModelIndex_IsRefused()
    {
        Assert.Equal(3, await _program.GenerateAsync("--model", _program.InWork("")));
        Assert.Contains("model_index.json", Sentence(), StringComparison.Ordinal);
        AssertNothingHappened();
    }

    public static TheoryData<string[], string[]> Lines => new()
    {
        { ["generate", "--out", "a.png"], ["--prompt"] },
        { ["generate", "--prompt", "a cat"], ["--out"] },
        { ["genrate"], ["'genrate'", "'generate'"] },
        { ["model"], ["command"] },
        { ["model", "lst"], ["'lst'", "'list'"] },
        { ["--prot", "80"], ["'--prot'", "'--port'"] },
        { ["serve", "--port", "abc"], ["'abc'", "0 to 65535"] },
        { ["serve", "--port", "65536"], ["65536", "0 to 65535"] },
        { ["serve", "--port", "-1"], ["-1", "0 to 65535"] },
        { ["serve", "--device", "tpu"], ["'tpu'"] },
        { ["serve", "--host", "0.0.0.0"], ["0.0.0.0", "login", "127.0.0.1"] },
        { ["serve", "--host", "::"], ["::", "login"] },
        { ["serve", "--host", "*"], ["*", "127.0.0.1"] },
        { ["serve", "--host", "192.168.1.5"], ["192.168.1.5", "login"] },
        { ["serve", "--host", "0"], ["login"] },
        { ["serve", "--host", "example.org"], ["example.org", "127.0.0.1"] },
        { ["serve", "--host", ""], ["127.0.0.1"] },
    };

    [Theory]
    [MemberData(nameof(Lines), DisableDiscoveryEnumeration = true)]
    public async Task Program_BadLine_OneSentenceAndNothingHappens(string[] line, string[] parts)
    {
        Assert.Equal(2, await _program.RunAsync(line));
        Assert.All(parts, part => Assert.Contains(part, Sentence(), StringComparison.Ordinal));
        AssertNothingHappened();
    }

    private string Sentence()
    {
        var line = Assert.Single(_program.ErrorLines);
        Assert.EndsWith(".", line.TrimEnd(), StringComparison.Ordinal);
        return line;
    }

    private void AssertNothingHappened()
    {
        Assert.Empty(_program.Files);
        Assert.Empty(_program.Out);
        Assert.Empty(_program.Factory.Loads);
        Assert.False(Directory.Exists(_program.DataFolder));
    }
}
