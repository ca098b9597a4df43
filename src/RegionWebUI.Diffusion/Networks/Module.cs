using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;

namespace RegionWebUI.Diffusion.Networks;

/// <summary>A named part of a network: layers under it take their weights from <c>Path.layer</c>, in the diffusers spelling.</summary>
/// <param name="Builder">Graph being written.</param>
/// <param name="Path">Name of the part; empty for the network itself.</param>
internal readonly record struct Module(GraphBuilder Builder, string Path)
{
    /// <summary>A part of this part.</summary>
    public Module Part(string name) => new(Builder, Path.Length == 0 ? name : $"{Path}.{name}");

    /// <summary>A 3x3 or 1x1 convolution with bias that keeps the size for stride 1 and halves it for stride 2.</summary>
    public Value Conv(string name, Value x, int channels, int kernel = 3, int stride = 1)
    {
        var layer = Part(name);
        return Builder.Convolve(
            x, layer.Weight(channels, x.Shape[1], kernel, kernel), layer.Bias(channels), stride, kernel / 2);
    }

    /// <summary>A dense layer. A 1x1 convolution of the checkpoint is one too: its weight has the same elements.</summary>
    public Value Linear(string name, Value x, int features, bool bias = true)
    {
        var layer = Part(name);
        return Builder.Project(x, layer.Weight(features, x.Shape[^1]), bias ? layer.Bias(features) : null);
    }

    /// <summary>
    /// The two halves of the features of one dense layer. The weight is cut, which costs once at load; cutting the result costs at every run.
    /// </summary>
    public (Value First, Value Second) LinearHalves(string name, Value x, int features)
    {
        var layer = Part(name);
        var (builder, half) = (Builder, features / 2);
        var (weight, bias) = (layer.Weight(features, x.Shape[^1]), layer.Bias(features));
        return (Half(0), Half(half));

        Value Half(int start) => builder.Project(x, builder.Slice(weight, 0, start, half), builder.Slice(bias, 0, start, half));
    }

    /// <summary>Group normalisation of the channel axis.</summary>
    public Value GroupNorm(string name, Value x, int groups, float epsilon)
    {
        var layer = Part(name);
        return Builder.GroupNorm(x, layer.Weight(x.Shape[1]), layer.Bias(x.Shape[1]), groups, epsilon);
    }

    /// <summary>Layer normalisation of the last axis.</summary>
    public Value LayerNorm(string name, Value x, float epsilon = 1e-5f)
    {
        var layer = Part(name);
        return Builder.LayerNorm(x, layer.Weight(x.Shape[^1]), layer.Bias(x.Shape[^1]), epsilon);
    }

    /// <summary>A tensor of the checkpoint by its own name.</summary>
    public Value Tensor(string name, params ReadOnlySpan<int> dims) => Builder.Weight(Part(name).Path, dims);

    /// <summary>Picture cells as tokens: [N, C, H, W] to [N, H*W, C].</summary>
    public Value ToTokens(Value x)
    {
        var cells = Builder.Reshape(x, x.Shape[0], x.Shape[1], x.Shape[2] * x.Shape[3]);
        return Builder.Transpose(cells, 0, 2, 1);
    }

    /// <summary>Tokens as picture cells: [N, H*W, C] to [N, C, H, W].</summary>
    public Value ToCells(Value tokens, int height, int width)
    {
        var cells = Builder.Transpose(tokens, 0, 2, 1);
        return Builder.Reshape(cells, tokens.Shape[0], tokens.Shape[2], height, width);
    }

    private Value Weight(params ReadOnlySpan<int> dims) => Builder.Weight($"{Path}.weight", dims);

    private Value Bias(int features) => Builder.Weight($"{Path}.bias", features);
}
