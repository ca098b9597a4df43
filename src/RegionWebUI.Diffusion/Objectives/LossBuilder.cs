using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Networks;
using RegionWebUI.Graph;
using RegionWebUI.Graph.Ops;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Diffusion.Objectives;

/// <summary>Writes losses over a loaded model's networks into one graph.</summary>
internal sealed class LossBuilder(LoadedModel model, GuidanceNetworks guidance) : ILossBuilder
{
    /// <summary>Name of the loss among the graph's outputs.</summary>
    public const string Loss = "loss";

    /// <summary>Module of the model's UNet.</summary>
    public const string UnetRoot = "unet";

    /// <summary>Module of the model's VAE.</summary>
    public const string VaeRoot = "vae";

    private readonly GraphBuilder _graph = new("objective");
    private readonly Dictionary<string, Expr> _inputs = [];

    /// <inheritdoc/>
    public int Cell => model.VaeConfig.Factor;

    /// <inheritdoc/>
    public int ClipSize => Clip.Vision.ImageSize;

    /// <inheritdoc/>
    public int ClipWidth => Clip.Vision.ProjectionDim;

    private ClipParts Clip => guidance.RequireClip(model.Name);

    /// <inheritdoc/>
    public Expr Input(string name, params int[] dims)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(dims);
        if (!_inputs.TryGetValue(name, out var known))
        {
            known = new Expr(_graph, _graph.Input(name, TensorType.Float(dims)));
            _inputs.Add(name, known);
        }

        return known.Shape == new Shape(dims)
            ? known
            : throw new ArgumentException($"The input '{name}' is {known.Shape} already, not {new Shape(dims)}.", nameof(dims));
    }

    /// <inheritdoc/>
    public Expr Constant(float[] values, params int[] dims)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Expr(_graph, _graph.Constant(new Shape(dims), [.. values]));
    }

    /// <inheritdoc/>
    public Expr Decode(Expr z)
    {
        var latent = _graph.Scale(Own(z), (float)(1 / model.VaeConfig.ScalingFactor));
        return new Expr(_graph, VaeDecoder.Write(new Module(_graph, VaeRoot), model.VaeConfig, latent));
    }

    /// <inheritdoc/>
    public Expr ClipImage(Expr pixels) =>
        new(_graph, ClipVisionModel.Embed(new Module(_graph, Clip.Root), Clip.Vision, Clip.Scaling.Write(_graph, Own(pixels))));

    /// <inheritdoc/>
    public Expr ClipSeg(Expr pixels, Expr text)
    {
        var (config, scaling) = guidance.ClipSeg ?? throw GuidanceNetworks.Missing(model.Name, "CLIPSeg", "clipseg");
        return new Expr(_graph, Networks.ClipSeg.Segment(new Module(_graph, "clipseg"), config, scaling.Write(_graph, Own(pixels)), Own(text)));
    }

    /// <inheritdoc/>
    public Expr Lpips(Expr a, Expr b)
    {
        var config = guidance.Lpips ?? throw GuidanceNetworks.Missing(model.Name, "LPIPS", "lpips");
        return new Expr(_graph, Networks.Lpips.Distance(new Module(_graph, "lpips"), config, Own(a), Own(b)));
    }

    /// <inheritdoc/>
    public Expr Unet(Expr z, Expr t, Expr conditioning) =>
        new(_graph, UNet2DCondition.Write(new Module(_graph, UnetRoot), model.UNetConfig, Own(z), Own(t), Own(conditioning)));

    /// <inheritdoc/>
    public Expr Eps(Expr z, Expr t, Expr conditioning, Expr abar)
    {
        ArgumentNullException.ThrowIfNull(abar);
        var prediction = Unet(z, t, conditioning);

        // Salimans & Ho (2022), appendix D: eps = sqrt(abar) v + sqrt(1 - abar) z.
        return model.Prediction == PredictionType.Epsilon ? prediction : (abar.Sqrt() * prediction) + ((1 - abar).Sqrt() * z);
    }

    /// <summary>The finished loss as a graph with one output.</summary>
    /// <exception cref="ArgumentException">The loss is no scalar, or of another builder.</exception>
    public Graph.Graph Build(Expr loss)
    {
        var value = Own(loss);
        if (value.Shape.ElementCount != 1)
        {
            throw new ArgumentException($"A loss is one number, not {value.Shape}; take its mean or sum.", nameof(loss));
        }

        _graph.Output(Loss, value);
        return _graph.Build();
    }

    private Value Own(Expr expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        return expr.Builder == _graph ? expr.Value : throw new ArgumentException("An expression of another loss cannot be used here.", nameof(expr));
    }
}
