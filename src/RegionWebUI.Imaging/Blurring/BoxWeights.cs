namespace RegionWebUI.Imaging.Blurring;

/// <summary>A box of any width in 24-bit fixed point: whole samples in the middle, a share of one more at either end.</summary>
/// <param name="Radius">Samples to either side that count in full.</param>
/// <param name="Inner">Weight of each of those and of the middle one.</param>
/// <param name="Outer">Weight of the next one at either end.</param>
internal readonly record struct BoxWeights(int Radius, uint Inner, uint Outer)
{
    private const int FractionBits = 24;

    public static BoxWeights Of(float radius)
    {
        var whole = (int)radius;
        var inner = (uint)((1 << FractionBits) / ((radius * 2) + 1));
        return new BoxWeights(whole, inner, ((1u << FractionBits) - ((((uint)whole * 2) + 1) * inner)) / 2);
    }

    /// <summary>The mean under the box, rounded.</summary>
    /// <param name="sum">Sum of the samples that count in full.</param>
    /// <param name="before">The sample in front of them.</param>
    /// <param name="behind">The sample behind them.</param>
    public byte Mean(int sum, byte before, byte behind) =>
        (byte)((((uint)sum * Inner) + ((uint)(before + behind) * Outer) + (1u << (FractionBits - 1))) >> FractionBits);
}
