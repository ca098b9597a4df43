using System.Text.Json;
using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Metrics;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Whole runs of the pocket model, from prompt and seed to picture, against the same runs in PyTorch.</summary>
[Trait("Category", "Fixture")]
public sealed class ReferenceRunTests(ITestOutputHelper output)
{
    private const double LatentTolerance = 1e-3;
    private const double LeastPsnr = 50;

    private static readonly FixtureFile _file = Fixtures.Open("pocket", "reference.json");

    public static TheoryData<string> Names => [.. Runs.Select(r => r.GetProperty("name").GetString()!)];

    private static IEnumerable<JsonElement> Runs => _file.Json.GetProperty("runs").EnumerateArray();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_PromptAndSeed_GivesPyTorchsLatentAndPicture(string name)
    {
        var run = Runs.Single(r => r.GetProperty("name").GetString() == name);
        using var model = LoadedModel.Open(Repository.PocketModel, new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));
        var plan = Plan(model, run);

        using var hooks = HookRun.None(CancellationToken.None);
        var lanes = await new LatentSampler(new ModelUNet(model), model.Noise)
            .SampleAsync(plan, hooks, new NoNetworks(), (_, _) => { }, CancellationToken.None);
        var z = lanes.Z;
        var picture = new PictureDecoder(model).Decode(z, plan.Layout.Height, plan.Layout.Width, CancellationToken.None);

        var expected = _file.AsDoubles(run.GetProperty("final").GetString()!);
        Assert.Equal(expected.Length, z.Length);
        Assert.All(z, value => Assert.True(double.IsFinite(value), $"{name}: the latent holds {value}"));
        var worst = z.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        var reference = PngFile.Decode(System.IO.File.ReadAllBytes(Fixtures.Path("pocket", run.GetProperty("picture").GetString()!)));
        var psnr = Psnr.Of(picture, reference.Image);
        output.WriteLine($"{name} {plan.Sampler.Name}: latent off by {worst:e2}, picture {psnr:f1} dB");
        Assert.True(worst <= LatentTolerance, $"{name}: latent off by {worst}");
        Assert.True(psnr >= LeastPsnr, $"{name}: {psnr} dB");
    }

    [Fact]
    public void Names_EveryRunOfTheFile_IsRun() => Assert.Equal(_file.Json.GetProperty("runs").GetArrayLength(), Names.Count);

    private static SamplingPlan Plan(LoadedModel model, JsonElement run)
    {
        var sampler = SamplerCatalog.Resolve(run.GetProperty("sampler").GetString()!);
        var prompts = PromptPlan.Of(
            model.Tokenizer,
            new GenerationRequest
            {
                Prompt = run.GetProperty("prompt").GetString()!,
                NegativePrompt = run.GetProperty("negative").GetString()!,
                CfgScale = run.GetProperty("cfg").GetDouble(),
                Steps = run.GetProperty("steps").GetInt32(),
            },
            sampler);
        var factor = model.VaeConfig.Factor;
        return new SamplingPlan
        {
            Layout = new LaneLayout(
                [new Lane(0, "picture 1")],
                model.VaeConfig.LatentChannels,
                run.GetProperty("height").GetInt32() / factor,
                run.GetProperty("width").GetInt32() / factor),
            Seeds = [run.GetProperty("seed").GetInt64()],
            Language = prompts.Language,
            Prompts = prompts.Encode(new PromptEncoder(model), CancellationToken.None),
            Sampler = sampler,
            Schedule = run.TryGetProperty("schedule", out var schedule) ? schedule.GetString()! : "Automatic",
            Steps = run.GetProperty("steps").GetInt32(),
        };
    }
}
