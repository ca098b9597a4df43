namespace RegionWebUI.Diffusion.Noise;

/// <summary>
/// The numbers of <c>torch.Generator("cuda")</c> as A1111's "NV" source makes them on any machine: Philox 4x32 with ten rounds
/// (Salmon et al. 2011), keyed by the seed, its counter made of the draw and the place in it. Not for use by two threads at once.
/// </summary>
internal sealed class PhiloxGenerator(long seed) : INoiseSource
{
    private const int Rounds = 10;
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9;
    private const uint WeylB = 0xBB67AE85;

    // 2^-32 and 2 pi 2^-32; the latter as A1111 rounds it, which shows in the last digits.
    private const double Inverse = 1 / 4294967296.0;
    private const double InverseTwoPi = (float)(2.3283064e-10 * 6.2831855);

    private uint _draws;

    /// <summary>One draw of <c>torch.randn(n, device="cuda")</c>.</summary>
    public void Fill(Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var (first, second) = Words(_draws, (uint)i);

            // Box and Muller (1958) on uniforms that never are 0; cuRAND hands out the sine first and A1111 takes only that.
            var (u, v) = ((first + 0.5) * Inverse, (second + 0.5) * InverseTwoPi);
            destination[i] = (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Sin(v));
        }

        _draws++;
    }

    private (uint First, uint Second) Words(uint draw, uint place)
    {
        var (c0, c1, c2, c3) = (draw, 0u, place, 0u);
        var (k0, k1) = (unchecked((uint)seed), unchecked((uint)(seed >> 32)));
        for (var round = 0; round < Rounds; round++)
        {
            var (a, b) = ((ulong)c0 * MultiplierA, (ulong)c2 * MultiplierB);
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }

        return (c0, c1);
    }
}
