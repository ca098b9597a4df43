using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;

namespace RegionWebUI.Benchmarks;

/// <summary>The embedded model and the run that is timed: 128 px, 20 steps of DDIM, CFG 5.</summary>
internal static class PocketModel
{
    public const int LatentSide = 16;
    public const int Steps = 20;
    private const double CfgScale = 5;
    private const string Prompt = "a cat on a beach";

    public static GenerationRequest Request => new() { Prompt = Prompt, Seed = 42, Steps = Steps, CfgScale = CfgScale };

    public static LoadedModel Open(string? profilePrefix = null) => LoadedModel.Open(
        Repository.PocketModel,
        new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions { Threads = Machine.Threads, ProfilePrefix = profilePrefix }));

    /// <summary>The networks of a run, as hooks see them.</summary>
    public static INetworks Networks(LoadedModel model, SamplingPlan plan) => new RunNetworks(
        model, new PromptEncoder(model), plan.Language, new PictureEncoder(model), new PictureDecoder(model), CancellationToken.None);

    /// <summary>Conditioning of the run's negative and positive prompt, [2, 77, D].</summary>
    public static async Task<float[]> WordsAsync(INetworks networks)
    {
        var (negative, positive) = (await networks.EncodeAsync(Request.NegativePrompt), await networks.EncodeAsync(Request.Prompt));
        return [.. negative.Embeddings.Span, .. positive.Embeddings.Span];
    }

    /// <summary>The same run, for the sampler alone.</summary>
    public static SamplingPlan Plan(LoadedModel model)
    {
        var sampler = SamplerCatalog.Resolve("DDIM");
        var prompts = PromptPlan.Of(model.Tokenizer, Request, sampler);
        return new SamplingPlan
        {
            Layout = new LaneLayout([new Lane(0, "picture 1")], model.VaeConfig.LatentChannels, LatentSide, LatentSide),
            Seeds = [Request.Seed],
            Language = prompts.Language,
            Prompts = prompts.Encode(new PromptEncoder(model), CancellationToken.None),
            Sampler = sampler,
            Schedule = "Automatic",
            Steps = Steps,
        };
    }
}
