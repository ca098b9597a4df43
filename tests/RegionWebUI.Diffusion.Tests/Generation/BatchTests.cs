using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Generation;

/// <summary>Batches over the real networks, whose kernels could depend on how many rows run side by side.</summary>
public sealed class BatchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "DDIM")]
    [InlineData(5, "Euler a")]
    public async Task Generate_BatchOfTheRealModel_EachPictureEqualsItsSeedAloneBitForBit(double cfgScale, string sampler)
    {
        var request = new GenerationRequest
        {
            Prompt = "a donut on a green background",
            NegativePrompt = "a cup",
            Seed = 21,
            Steps = 3,
            CfgScale = cfgScale,
            Sampler = sampler,
            BatchSize = 3,
        };
        var device = DeviceSelector.Select("cpu")!;
        using var engine = new GenerationEngine(
            LoadedModel.Open(Repository.PocketModel, new OrtGraphRuntime(device, new RuntimeOptions())), TimeProvider.System);

        var latents = new List<float[]>();
        var keeping = new RunExtension("keeping", "1.0.0", _ => [new KeepZ(latents)]);

        var batch = await engine.GenerateAsync(request, [keeping], null, Stop);
        foreach (var picture in batch.Pictures)
        {
            var alone = await engine.GenerateAsync(request with { BatchSize = 1, Seed = picture.Seed }, [keeping], null, Stop);
            Assert.Equal(alone.Pictures[0].Picture.Rgb.ToArray(), picture.Picture.Rgb.ToArray());
        }

        Assert.Equal([21, 22, 23], batch.Pictures.Select(p => p.Seed));
        Assert.Equal(6, latents.Count);
        Assert.Equal(latents.Take(3), latents.Skip(3));
        Assert.NotEqual(latents[0], latents[1]);
    }

    /// <summary>A picture has 8 bits; the latent behind it shows every bit.</summary>
    private sealed class KeepZ(List<float[]> latents) : IImageHook
    {
        public Task ImageAsync(ImageContext c)
        {
            latents.Add(c.Z.Data.ToArray());
            return Task.CompletedTask;
        }
    }
}
