using System.Diagnostics;
using RegionWebUI.Graph;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Benchmarks;

/// <summary>CLIP guidance as an extension writes it: in every step the gradient of the loss of four cutouts, pushed.</summary>
/// <param name="isExact">The gradient goes through the UNet and both halves of classifier-free guidance, not through the decoder alone.</param>
internal sealed class ClipGuidance(bool isExact) : IStartHook, IGuideHook
{
    private readonly List<StepInfo> _steps = [];
    private float[] _words = [];
    private float[] _text = [];
    private float[] _firstZ = [];
    private IObjective? _objective;

    /// <summary>The first gradient, as the loss has it.</summary>
    public float[] FirstGradient { get; private set; } = [];

    /// <summary>Milliseconds of every evaluation.</summary>
    public List<double> Evaluations { get; } = [];

    /// <summary>When the first evaluation was there.</summary>
    public long FirstEvaluated { get; private set; }

    /// <summary>What another program needs to do the same.</summary>
    public GuidedInputs Inputs => new(_firstZ, _words, _text, _steps);

    public async Task StartAsync(StartContext c)
    {
        _text = (await c.Networks.ClipTextAsync(GuidanceCase.Text)).ToArray();
        if (isExact)
        {
            _words = await PocketModel.WordsAsync(c.Networks);
        }
    }

    public async Task GuideAsync(GuideContext c)
    {
        var lane = c.Lanes[0];
        var (z, x0, a) = (c.Z(lane), c.X0(lane), c.Step.AlphaBar);
        _objective ??= c.Networks.Objective(isExact ? "bench-exact" : "bench-frozen", b => Write(b, x0), "state");
        var inputs = GuidanceCase.Matrices(c.Step.Index);
        inputs["text"] = _text;
        inputs["state"] = (isExact ? z : x0).Data;
        if (isExact)
        {
            inputs["t"] = new[] { (float)c.Step.T, (float)c.Step.T };
            inputs["words"] = _words;
            inputs["signal"] = new[] { (float)Math.Sqrt(a) };
            inputs["spread"] = new[] { (float)Math.Sqrt(1 - a) };
        }

        var started = Stopwatch.GetTimestamp();
        var at = await _objective.EvaluateAsync(inputs, c.Cancellation);
        Evaluations.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (_steps.Count == 0)
        {
            (_firstZ, FirstGradient, FirstEvaluated) = (z.Data.ToArray(), at.Gradients["state"].ToArray(), Stopwatch.GetTimestamp());
        }

        _steps.Add(c.Step);
        var g = new Latent(x0.Channels, x0.Height, x0.Width, at.Gradients["state"]);
        c.Push(lane, (GuidanceCase.Strength * (isExact ? 1 : Math.Sqrt(a))) * g, GuidanceCase.Trust);
    }

    private Expr Write(ILossBuilder b, Latent like)
    {
        int[] dims = [1, like.Channels, like.Height, like.Width];
        var x0 = b.Input("state", dims);
        if (isExact)
        {
            // Ho & Salimans (2022), Eq. (6), and x0 = (z - sqrt(1 - abar) eps) / sqrt(abar).
            var both = b.Unet(Expr.Concat(0, x0, x0), b.Input("t", 2), b.Input("words", 2, Conditioning.TokensPerChunk, _words.Length / 154));
            var (without, with) = (both.Slice(0, 0, 1), both.Slice(0, 1, 1));
            x0 = (x0 - (b.Input("spread") * (without + ((with - without) * GuidanceCase.CfgScale)))) / b.Input("signal");
        }

        var pixels = (b.Decode(x0) * 0.5) + 0.5;
        var cutouts = Enumerable.Range(0, GuidanceCase.Cutouts).Select(i => pixels.Map(
            b.Input($"rows{i}", b.ClipSize, GuidanceCase.Pixels), b.Input($"columns{i}", b.ClipSize, GuidanceCase.Pixels)));
        return Loss.Spherical(b.ClipImage(Expr.Concat(0, [.. cutouts])), b.Input("text", 1, b.ClipWidth)).Mean();
    }
}
