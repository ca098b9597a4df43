using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Objectives;

namespace RegionWebUI.Benchmarks;

/// <summary>What a guided run is steered by, the same for this program and for PyTorch: CLIP's view of four cutouts of every step.</summary>
internal static class GuidanceCase
{
    public const string Text = "a red cat";
    public const int Cutouts = 4;
    public const int Pixels = 128;
    public const int ClipSize = 128;
    public const double CfgScale = 5;
    public const double Strength = 150;
    public const double Trust = 0.05;

    private const double SmallestCutout = 0.8;

    /// <summary>The cutouts of a step: first row, first column and side of each, in pixels.</summary>
    public static IReadOnlyList<(int Top, int Left, int Side)> Windows(int step)
    {
        var random = new Random(step);
        return [.. Enumerable.Range(0, Cutouts).Select(_ =>
        {
            var side = (int)(Pixels * (SmallestCutout + ((1 - SmallestCutout) * random.NextDouble())));
            return (random.Next(Pixels - side + 1), random.Next(Pixels - side + 1), side);
        })];
    }

    /// <summary>The cutouts of a step as matrices, named as <see cref="ClipGuidance"/> has them.</summary>
    public static Dictionary<string, ReadOnlyMemory<float>> Matrices(int step)
    {
        var inputs = new Dictionary<string, ReadOnlyMemory<float>>();
        foreach (var ((top, left, side), i) in Windows(step).Select((window, i) => (window, i)))
        {
            inputs[$"rows{i}"] = SizeMatrix.Crop(Pixels, top, side, ClipSize);
            inputs[$"columns{i}"] = SizeMatrix.Crop(Pixels, left, side, ClipSize);
        }

        return inputs;
    }
}

/// <summary>What a guided run began with and went through.</summary>
/// <param name="Z">The first state, [4, 16, 16].</param>
/// <param name="Words">Conditioning of the negative and of the positive prompt, [2, 77, D].</param>
/// <param name="Text">CLIP's embedding of what it is steered to.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record GuidedInputs(float[] Z, float[] Words, float[] Text, IReadOnlyList<StepInfo> Steps);
