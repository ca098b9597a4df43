namespace RegionWebUI.Imaging.Resampling;

/// <summary>A <see cref="ResampleKernel"/> in fixed point, so that 8-bit pictures come out the same on every machine.</summary>
internal sealed class FixedKernel(int taps, (int Start, int Count)[] spans, int[] weights)
{
    /// <summary>Half a level: what a sum begins with, so that <see cref="ToLevel"/> rounds.</summary>
    public const int Half = 1 << (ResampleKernel.FractionBits - 1);

    public int Length => spans.Length;

    public int Start(int index) => spans[index].Start;

    public ReadOnlySpan<int> Weights(int index) => weights.AsSpan(index * taps, spans[index].Count);

    /// <summary>A sum of weighted samples as a sample; filters with negative weights may leave its range.</summary>
    public static byte ToLevel(int sum) => (byte)Math.Clamp(sum >> ResampleKernel.FractionBits, 0, 255);
}
