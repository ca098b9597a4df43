using System.Net.Http.Json;
using System.Text.Json;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Tests.Commands;

/// <summary>The real program on the embedded model with extensions that were compiled a moment ago.</summary>
public sealed class ExtensionProcessTests : IDisposable
{
    /// <summary>What nobody awaits is thrown on a thread of the pool, where an ordinary program ends with it.</summary>
    private const string Bomb = """
        public sealed class Bomb : IExtension
        {
            public void Register(IRegistry r) => r.Hooks(_ => [new Hook()]);
        }

        public sealed class Hook : IPlanHook, IImageHook
        {
            private readonly TaskCompletionSource _lit = new(TaskCreationOptions.RunContinuationsAsynchronously);

            // The run does not end before it happens.
            public Task ImageAsync(ImageContext c) => _lit.Task;

            public void Plan(PlanContext c)
            {
                if (c.Step.Index == 0)
                {
                    Explode();
                }
            }

            private async void Explode()
            {
                await Task.Yield();
                _lit.TrySetResult();
                throw new InvalidOperationException("nobody catches this");
            }
        }
        """;

    private const string Inverter = """
        public sealed class Inverter : IExtension
        {
            public void Register(IRegistry r)
            {
                r.Parameters<Values>();
                r.Hooks(run => run.Parameters<Values>().Invert ? [new Hook()] : []);
                r.Command<Options>("invert", "Makes a picture and inverts it.", async (options, engine, stop) =>
                {
                    var request = new GenerationRequest
                    {
                        Prompt = options.Prompt,
                        Steps = 2,
                        Extensions = new Dictionary<string, string> { ["inverter/invert"] = "true" },
                    };
                    foreach (var picture in await engine.GenerateAsync(request, stop))
                    {
                        engine.WritePicture(options.Out, picture);
                        engine.Out.WriteLine("written");
                    }

                    return 0;
                });
            }
        }

        public sealed class Values
        {
            [RunParameter("Invert")]
            public bool Invert { get; set; }
        }

        public sealed class Options
        {
            [RunParameter("Prompt")]
            public string Prompt { get; set; } = "";

            [RunParameter("Out")]
            public string Out { get; set; } = "";
        }

        public sealed class Hook : IImageHook
        {
            public Task ImageAsync(ImageContext c)
            {
                var rgb = c.Picture.Rgb.ToArray();
                for (var i = 0; i < rgb.Length; i++)
                {
                    rgb[i] = (byte)(255 - rgb[i]);
                }

                c.Attach("before", c.Picture);
                c.Picture = new RegionWebUI.Imaging.Image(c.Picture.Width, c.Picture.Height, rgb);
                return Task.CompletedTask;
            }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_ExtensionThrowsInTheBackground_EndsWellAndNamesIt()
    {
        CompiledExtension.Put(_folder, "named", "bomb", Bomb);
        await using var program = Generate("with.png", "--extensions", _folder.File("named"), "--json");
        var json = JsonDocument.Parse(await program.Output.RestAsync(Stop)).RootElement;
        Assert.Equal(0, await program.ExitAsync(Stop));
        var line = await program.Error.FirstAsync(l => l.Contains("'bomb'", StringComparison.Ordinal), Stop);
        Assert.Contains("nobody catches this", line, StringComparison.Ordinal);
        var error = Assert.Single(json.GetProperty("extensionErrors").EnumerateArray());
        Assert.Equal(("bomb", "background"), (error.GetProperty("extension").GetString(), error.GetProperty("hook").GetString()));
        Assert.True(File.Exists(_folder.File("with.png")));
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public async Task Serve_ExtensionThrowsInTheBackground_ServesOnAndListsItAsBroken()
    {
        CompiledExtension.Put(_folder, "data/extensions", "bomb", Bomb);
        await RunningProgram.RunAsync(Stop, "extension", "enable", "bomb", "--data-dir", _folder.File("data"));
        await using var program = await RunningProgram.StartAsync(_folder.File("data"), failpoint: null, Stop);
        using var client = new HttpClient { BaseAddress = program.Address };
        Assert.Equal("on", (await BombAsync(client)).GetProperty("state").GetString()?.ToLowerInvariant());

        Assert.Equal("DONE", await MakeOneAsync(client));
        JsonElement bomb;
        do
        {
            bomb = await BombAsync(client);
        }
        while (bomb.GetProperty("state").GetString()?.ToUpperInvariant() == "ON");

        Assert.Equal("BROKEN", bomb.GetProperty("state").GetString()?.ToUpperInvariant());
        Assert.Contains("nobody catches this", bomb.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("DONE", await MakeOneAsync(client));
    }

    [Fact]
    public async Task Generate_ExtensionOnAndOff_ItsHooksParametersAttachmentsAndInfotextComeAndGo()
    {
        CompiledExtension.Put(_folder, "named", "inverter", Inverter);
        await using var plain = Generate("plain.png");
        Assert.Equal(0, await plain.ExitAsync(Stop));
        await using var idle = Generate("idle.png", "--extensions", _folder.File("named"));
        Assert.Equal(0, await idle.ExitAsync(Stop));
        await using var inverted = Generate("inverted.png", "--extensions", _folder.File("named"), "--ext", "inverter.invert=true", "--json");
        var json = JsonDocument.Parse(await inverted.Output.RestAsync(Stop)).RootElement;
        Assert.Equal(0, await inverted.ExitAsync(Stop));

        Assert.Equal(File.ReadAllBytes(_folder.File("plain.png")), File.ReadAllBytes(_folder.File("idle.png")));
        var pixels = Read("plain.png").Image.Rgb.ToArray();
        Assert.Equal(pixels.Select(v => (byte)(255 - v)), Read("inverted.png").Image.Rgb.ToArray());
        Assert.Equal(pixels, Read("inverted-before.png").Image.Rgb.ToArray());
        Assert.Contains("ext/inverter/invert: true", Read("inverted.png").Infotext, StringComparison.OrdinalIgnoreCase);
        var hook = Assert.Single(json.GetProperty("hooks").EnumerateArray(), h => h.GetProperty("hook").GetString() != "create");
        Assert.Equal(
            ("inverter", "1.2.3", "image", 1),
            (hook.GetProperty("extension").GetString(), hook.GetProperty("version").GetString(), hook.GetProperty("hook").GetString(),
                hook.GetProperty("calls").GetInt32()));
    }

    [Fact]
    public async Task From_PictureOfAnExtension_IsRepeatedBitForBit()
    {
        CompiledExtension.Put(_folder, "named", "inverter", Inverter);
        await using var first = Generate("first.png", "--extensions", _folder.File("named"), "--ext", "inverter.invert=true");
        Assert.Equal(0, await first.ExitAsync(Stop));
        await using var again = ProgramProcess.Start(
            _folder.File("data"), _folder.Path, failpoint: null,
            "generate", "--from", "first.png", "--out", "again.png", "--extensions", _folder.File("named"));
        Assert.Equal(0, await again.ExitAsync(Stop));
        Assert.DoesNotContain("first.png", await again.Error.RestAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder.File("first.png")), File.ReadAllBytes(_folder.File("again.png")));
    }

    [Fact]
    public async Task Verb_OfAnExtension_MakesItsPicture()
    {
        CompiledExtension.Put(_folder, "named", "inverter", Inverter);
        await using var program = ProgramProcess.Start(
            _folder.File("data"), _folder.Path, failpoint: null,
            "invert", "--prompt", "a cat", "--out", _folder.File("cat.png"), "--extensions", _folder.File("named"));
        Assert.Equal("written", await program.Output.RestAsync(Stop));
        Assert.Equal(0, await program.ExitAsync(Stop));
        Assert.Contains("inverter 1.2.3", Read("cat.png").Infotext, StringComparison.Ordinal);
    }

    private ProgramProcess Generate(string name, params string[] more) => ProgramProcess.Start(
        _folder.File("data"), _folder.Path, failpoint: null,
        ["generate", "--prompt", "a cat", "--seed", "3", "--steps", "2", "--width", "64", "--height", "64", "--out", _folder.File(name), .. more]);

    private DecodedPng Read(string name) => PngFile.Decode(File.ReadAllBytes(_folder.File(name)));

    private static async Task<JsonElement> BombAsync(HttpClient client)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>("/api/v1/extensions", Stop);
        return answer.EnumerateArray().Single(e => e.GetProperty("id").GetString() == "bomb");
    }

    private static async Task<string?> MakeOneAsync(HttpClient client)
    {
        var accepted = await client.PostAsJsonAsync("/api/v1/jobs", new { prompt = "a cat", seed = 1, steps = 2, width = 64, height = 64 }, Stop);
        accepted.EnsureSuccessStatusCode();
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
        string? state;
        do
        {
            state = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/jobs/{id}", Stop)).GetProperty("state").GetString()?.ToUpperInvariant();
        }
        while (state is "QUEUED" or "RUNNING");

        return state;
    }
}
