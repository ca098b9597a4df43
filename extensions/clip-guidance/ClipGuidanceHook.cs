using RegionWebUI.Graph;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Objectives;

namespace ClipGuidance;

/// <summary>Lowers the mean spherical distance between CLIP's view of some cutouts and of the text.</summary>
internal sealed class ClipGuidanceHook(ClipGuidanceOptions options, IRun run) : IStartHook, IGuideHook, IImageHook
{
    private const double SmallestCutout = 0.8;

    private readonly Random _random = new((int)(run.Request.Seed % int.MaxValue));
    private readonly Dictionary<Lane, List<double>> _losses = [];
    private ReadOnlyMemory<float> _text;
    private IObjective? _objective;
    private int _cell;
    private int _size;

    /// <inheritdoc/>
    public async Task StartAsync(StartContext c) => _text = await c.Networks.ClipTextAsync(options.Text.Trim());

    /// <inheritdoc/>
    public async Task GuideAsync(GuideContext c)
    {
        var share = (double)c.Step.Index / c.Step.Count;
        if (share < options.From || share >= options.Until || c.Step.Index % options.Every != 0)
        {
            return;
        }

        foreach (var lane in c.Lanes)
        {
            var x0 = c.X0(lane);
            _objective ??= c.Networks.Objective("clip-guidance", b => Write(b, x0, _cell = b.Cell, _size = b.ClipSize), "x0");
            var inputs = Cutouts(x0.Height * _cell, x0.Width * _cell, _size);
            (inputs["x0"], inputs["text"]) = (x0.Data, _text);
            var evaluation = await _objective.EvaluateAsync(inputs, c.Cancellation);
            (_losses.TryGetValue(lane, out var losses) ? losses : _losses[lane] = []).Add(evaluation.Loss);

            // The UNet is not differentiated: of latents that are normal, d x0 / d z is sqrt(abar).
            var g = new Latent(x0.Channels, x0.Height, x0.Width, evaluation.Gradients["x0"]);
            c.Push(lane, (options.Strength * Math.Sqrt(c.Step.AlphaBar)) * g, options.Trust);
        }
    }

    /// <inheritdoc/>
    public Task ImageAsync(ImageContext c)
    {
        if (_losses.TryGetValue(c.Lane, out var losses))
        {
            c.Note("distance", FormattableString.Invariant($"{losses[0]:0.000} to {losses[^1]:0.000}"));
            c.Attach("loss", LossCurve.Draw(losses));
        }

        return Task.CompletedTask;
    }

    // D = mean of 2 asin(|u - v| / 2)^2, u of the cutouts, v of the text.
    private Expr Write(ILossBuilder b, Latent x0, int cell, int size)
    {
        var pixels = (b.Decode(b.Input("x0", 1, x0.Channels, x0.Height, x0.Width)) * 0.5) + 0.5;
        var cutouts = Enumerable.Range(0, options.Cutouts).Select(i => pixels.Map(
            b.Input($"rows{i}", size, x0.Height * cell), b.Input($"columns{i}", size, x0.Width * cell)));
        return Loss.Spherical(b.ClipImage(Expr.Concat(0, [.. cutouts])), b.Input("text", 1, b.ClipWidth)).Mean();
    }

    private Dictionary<string, ReadOnlyMemory<float>> Cutouts(int height, int width, int size)
    {
        var inputs = new Dictionary<string, ReadOnlyMemory<float>>();
        for (var i = 0; i < options.Cutouts; i++)
        {
            var side = (int)(Math.Min(height, width) * (SmallestCutout + ((1 - SmallestCutout) * _random.NextDouble())));
            inputs[$"rows{i}"] = SizeMatrix.Crop(height, _random.Next(height - side + 1), side, size);
            inputs[$"columns{i}"] = SizeMatrix.Crop(width, _random.Next(width - side + 1), side, size);
        }

        return inputs;
    }
}
