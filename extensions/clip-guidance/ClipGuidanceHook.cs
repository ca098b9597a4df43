using RegionWebUI.Graph;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Objectives;

namespace ClipGuidance;

/// <summary>Lowers the mean spherical distance between CLIP's view of some cutouts and of the text.</summary>
internal sealed class ClipGuidanceHook(ClipGuidanceOptions options, IRun run) : IStartHook, IGuideHook, IImageHook
{
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
        foreach (var lane in c.Lanes.Where(_ => options.IsOnAt(c.Step)))
        {
            // The UNet sees prompts, which may change their length between steps; the frozen loss is one for the whole run.
            var path = c.PathToX0(lane, options.ThroughUnet);
            _objective = options.ThroughUnet || _objective is null ? Distance(c.Networks, path) : _objective;
            var at = await _objective.EvaluateAsync(WithCutouts(path.Inputs()), c.Cancellation);
            (_losses.TryGetValue(lane, out var losses) ? losses : _losses[lane] = []).Add(at.Loss);
            c.Push(lane, options.Strength * path.Gradient(at), options.Trust);
        }
    }

    /// <inheritdoc/>
    public Task ImageAsync(ImageContext c)
    {
        if (_losses.TryGetValue(c.Lane, out var losses))
        {
            c.Note("distance", FormattableString.Invariant($"{losses[0]:0.000} to {losses[^1]:0.000}"));
            c.Curve("distance", losses.Count > Curve.MostValues ? losses[^Curve.MostValues..] : losses);
        }

        return Task.CompletedTask;
    }

    // D = mean of 2 asin(|u - v| / 2)^2, u of the cutouts, v of the text.
    private IObjective Distance(INetworks networks, X0Path path) => networks.Objective("clip-guidance", b =>
    {
        _size = b.ClipSize;
        var pixels = (b.Decode(path.Write(b)) * 0.5) + 0.5;
        var cutouts = Enumerable.Range(0, options.Cutouts).Select(i => pixels.Map(
            b.Input($"rows{i}", _size, pixels.Shape[2]), b.Input($"columns{i}", _size, pixels.Shape[3])));
        return Loss.Spherical(b.ClipImage(Expr.Concat(0, [.. cutouts])), b.Input("text", 1, b.ClipWidth)).Mean();
    }, path.Wrt);

    private Dictionary<string, ReadOnlyMemory<float>> WithCutouts(Dictionary<string, ReadOnlyMemory<float>> inputs)
    {
        var (height, width) = (run.Request.Height!.Value, run.Request.Width!.Value);
        for (var i = 0; i < options.Cutouts; i++)
        {
            var side = (int)(Math.Min(height, width) * (1 - (0.2 * _random.NextDouble())));
            inputs[$"rows{i}"] = SizeMatrix.Crop(height, _random.Next(height - side + 1), side, _size);
            inputs[$"columns{i}"] = SizeMatrix.Crop(width, _random.Next(width - side + 1), side, _size);
        }

        inputs["text"] = _text;
        return inputs;
    }
}
