using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Imaging;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Metrics;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Image to image, with and without a mask, against its formulas written out once over the real networks.</summary>
public sealed class ImageToImageTests
{
    private const int Side = 128;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.6, false)]
    [InlineData(1.0, false)]
    [InlineData(0.0, false)]
    [InlineData(0.8, true)]
    public async Task Generate_FromAPicture_EqualsTheFormulasWrittenOut(double strength, bool masked)
    {
        var request = new GenerationRequest
        {
            Prompt = "a donut on a green background",
            Seed = 11,
            Steps = 10,
            CfgScale = 5,
            Init = Source(),
            Strength = strength,
            Mask = masked ? Mask.Of(Side, Side, (x, y) => x >= 64 && y is >= 24 and < 104 ? 1 : 0) : null,
        };
        using var engine = new GenerationEngine(Model(), TimeProvider.System);

        var result = await engine.GenerateAsync(request, null, Stop);

        using var model = Model();
        var expected = await WrittenOutAsync(model, request);
        var psnr = Psnr.Of(expected, result.Pictures[0].Picture);
        Assert.True(psnr > 70, $"{psnr} dB");
        if (masked)
        {
            // What is outside keeps its pixels, and what is inside was changed.
            var (source, picture) = (request.Init.Rgb.ToArray(), result.Pictures[0].Picture.Rgb.ToArray());
            Assert.All(Enumerable.Range(0, Side * Side), i =>
                Assert.True(request.Mask![i % Side, i / Side] == 1 || source.AsSpan(i * 3, 3).SequenceEqual(picture.AsSpan(i * 3, 3))));
            Assert.True(Psnr.Of(request.Init, result.Pictures[0].Picture) < 25);
        }

        Assert.Contains($"Denoising strength: {strength}", result.Pictures[0].Infotext, StringComparison.Ordinal);
        Assert.DoesNotContain("Extensions", result.Pictures[0].Infotext, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_PictureOfAnotherSize_IsResampledToTheRuns()
    {
        using var engine = new GenerationEngine(LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), TimeProvider.System);
        var result = await engine.GenerateAsync(
            new GenerationRequest
            {
                Steps = 2,
                Width = 64,
                Height = 72,
                Init = new Image(30, 17, new byte[30 * 17 * 3]),
                Mask = Mask.Full(5, 5),
            },
            null,
            Stop);
        Assert.Equal((64, 72), (result.Pictures[0].Picture.Width, result.Pictures[0].Picture.Height));
    }

    [Fact]
    public async Task Generate_MaskThatEditsNothing_IsRefused()
    {
        using var engine = new GenerationEngine(LoadedModel.Open(Repository.PocketModel, new ScriptedGraphRuntime()), TimeProvider.System);
        var request = new GenerationRequest { Steps = 2, Init = Source(), Mask = Mask.Of(Side, Side, (x, y) => x == 5 && y == 5 ? 1 : 0) };
        var error = await Assert.ThrowsAsync<BadInputException>(() => engine.GenerateAsync(request, null, Stop));
        Assert.Equal("Mask", error.Field);
    }

    /// <summary>
    /// z_t = sqrt(abar) z0 + sqrt(1 - abar) n at the first step left; DDIM with eta 0 and CFG from there; with a mask
    /// z = m z + (1 - m)(sqrt(abar_next) z0 + sqrt(1 - abar_next) n) after each step and z0 itself after the last.
    /// </summary>
    private static async Task<Image> WrittenOutAsync(LoadedModel model, GenerationRequest request)
    {
        var prompts = new PromptEncoder(model);
        var language = PromptLanguage.Of(request, new DdimSampler());
        INetworks networks = new RunNetworks(model, prompts, language, new PictureEncoder(model), new PictureDecoder(model), Stop);
        var z0 = (await networks.EncodeAsync(request.Init!)).Data.ToArray();
        var noise = new float[z0.Length];
        new TorchCpuGenerator(request.Seed).Fill(noise);
        var sigmas = new DdimSampler().Sigmas(NoiseSchedule.StableDiffusion, new ScheduleRequest(request.Steps, "Automatic"));
        var abar = sigmas.Select(NoiseSchedule.AlphaBarOf).ToArray();
        var first = request.Steps - (int)(Math.Min(request.Strength, 0.999) * request.Steps) - 1;
        var cells = Side / 8;
        bool Edited(int i) => request.Mask is not { } mask
            || Enumerable.Range(0, 64).Average(p => mask[(i % cells * 8) + (p % 8), (i / cells % cells * 8) + (p / 8)]) >= 0.5;
        double Noised(int i, double a) => (Math.Sqrt(a) * z0[i]) + (Math.Sqrt(1 - a) * noise[i]);

        var z = z0.Select((_, i) => Noised(i, abar[first])).ToArray();
        var row = new DenoiseRow("all", new Lane(0, "all"), new Box(0, 0, cells, cells), await networks.EncodeAsync(request.Prompt),
            await networks.EncodeAsync(request.NegativePrompt), request.CfgScale);
        for (var step = first; step < request.Steps; step++)
        {
            var latent = new Latent(4, cells, cells, Array.ConvertAll(z, v => (float)v));
            var eps = (await networks.PredictAsync(row, latent, NoiseSchedule.StableDiffusion.T(sigmas[step]))).Data.ToArray();
            var (a, next) = (abar[step], abar[step + 1]);
            for (var i = 0; i < z.Length; i++)
            {
                var x0 = (z[i] - (Math.Sqrt(1 - a) * eps[i])) / Math.Sqrt(a);
                z[i] = (Math.Sqrt(next) * x0) + (Math.Sqrt(1 - next) * eps[i]);
                z[i] = Edited(i) ? z[i] : step == request.Steps - 1 ? z0[i] : Noised(i, next);
            }
        }

        var picture = await networks.DecodeAsync(new Latent(4, cells, cells, Array.ConvertAll(z, v => (float)v)));
        var rgb = picture.Rgb.ToArray();
        var source = request.Init!.Rgb.ToArray();
        return new Image(Side, Side, rgb.Select((v, i) => request.Mask is { } m && m[i / 3 % Side, i / 3 / Side] == 0 ? source[i] : v).ToArray());
    }

    private static Image Source()
    {
        var file = Fixtures.Open("pocket", "reference.json");
        var run = file.Json.GetProperty("runs").EnumerateArray()
            .First(r => r.GetProperty("width").GetInt32() == Side && r.GetProperty("height").GetInt32() == Side);
        return PngFile.Decode(System.IO.File.ReadAllBytes(Fixtures.Path("pocket", run.GetProperty("picture").GetString()!))).Image;
    }

    private static LoadedModel Model() =>
        LoadedModel.Open(Repository.PocketModel, new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions()));
}
