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
            // Prompts, which the UNet sees, may change their length between steps: only the frozen loss is the same for the whole run.
            var path = c.PathToX0(lane, options.ThroughUnet);
            _objective = options.ThroughUnet ? Objective(c.Networks, path) : _objective ?? Objective(c.Networks, path);
            var inputs = path.Inputs();
            AddCutouts(inputs);
            var evaluation = await _objective.EvaluateAsync(inputs, c.Cancellation);
            (_losses.TryGetValue(lane, out var losses) ? losses : _losses[lane] = []).Add(evaluation.Loss);
            c.Push(lane, options.Strength * path.Gradient(evaluation), options.Trust);
        }
    }

    /// <inheritdoc/>
    public Task ImageAsync(ImageContext c)
    {
        if (_losses.TryGetValue(c.Lane, out var losses))
        {
            c.Note("distance", FormattableString.Invariant($"{losses[0]:0.000} to {losses[^1]:0.000}"));
            c.Curve("loss", losses);
        }

        return Task.CompletedTask;
    }

    // D = mean of 2 asin(|u - v| / 2)^2, u of the cutouts, v of the text.
    private IObjective Objective(INetworks networks, X0Path path) => networks.Objective("clip-guidance", b =>
    {
        _size = b.ClipSize;
        var pixels = (b.Decode(path.Write(b)) * 0.5) + 0.5;
        var cutouts = Enumerable.Range(0, options.Cutouts).Select(i => pixels.Map(
            b.Input($"rows{i}", _size, pixels.Shape[2]), b.Input($"columns{i}", _size, pixels.Shape[3])));
        return Loss.Spherical(b.ClipImage(Expr.Concat(0, [.. cutouts])), b.Input("text", 1, b.ClipWidth)).Mean();
    }, path.Wrt);

    private void AddCutouts(Dictionary<string, ReadOnlyMemory<float>> inputs)
    {
        inputs["text"] = _text;
        var (height, width) = (run.Request.Height!.Value, run.Request.Width!.Value);
        for (var i = 0; i < options.Cutouts; i++)
        {
            var side = (int)(Math.Min(height, width) * (SmallestCutout + ((1 - SmallestCutout) * _random.NextDouble())));
            inputs[$"rows{i}"] = SizeMatrix.Crop(height, _random.Next(height - side + 1), side, _size);
            inputs[$"columns{i}"] = SizeMatrix.Crop(width, _random.Next(width - side + 1), side, _size);
        }
    }
}
