using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Lowering.Providers;
using RegionWebUI.Onnx.Runtime;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Networks;

/// <summary>Weights stay in the user's file: the model that is handed to ONNX Runtime only points at them.</summary>
public class WeightBindingTests(ITestOutputHelper output)
{
    private static readonly UNetShape _shape = new(2, 16, 16, 77);

    [Fact]
    public void Lower_PocketUNet_IsSmallAndPointsIntoTheFile()
    {
        var weights = Weights();
        var model = GraphLowering.Lower(UNet2DCondition.Build(Config(), _shape), new CheckpointWeights(weights), new CpuProvider());

        output.WriteLine($"model {model.Bytes.Length} bytes, external {model.ExternalBytes} of {weights.TotalBytes}");
        Assert.True(model.Bytes.Length < 1 << 20, $"the serialised model has {model.Bytes.Length} bytes");
        Assert.True(model.ExternalBytes >= 0.99 * weights.TotalBytes, $"{model.ExternalBytes} of {weights.TotalBytes} weight bytes are external");
    }

    [Fact]
    public void Load_PocketUNet_AllocatesLessThanItsLargestTensor()
    {
        var runtime = new OrtGraphRuntime(DeviceSelector.Select("cpu")!, new RuntimeOptions { Threads = 1 });
        var largest = LargestTensor();
        var graph = UNet2DCondition.Build(Config(), _shape);
        var weights = new CheckpointWeights(Weights());
        runtime.Load(graph, weights).Dispose();

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var session = runtime.Load(graph, weights);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        output.WriteLine($"{allocated} bytes allocated, largest tensor {largest}");
        Assert.True(allocated < 1.2 * largest, $"loading allocated {allocated} bytes, the largest tensor has {largest}");
    }

    private static UNetConfig Config() =>
        UNetConfig.Parse(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.PocketModel, "unet", "config.json"))).RootElement);

    private static WeightSet Weights() =>
        WeightSet.Of(SafetensorsFile.Open(Path.Combine(Repository.PocketModel, "unet", "diffusion_pytorch_model.safetensors")));

    private static long LargestTensor()
    {
        var weights = Weights();
        return weights.Names.Max(name => weights.Get(name).Tensor.ByteLength);
    }
}
