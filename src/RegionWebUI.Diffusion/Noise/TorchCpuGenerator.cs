using System.Numerics;

namespace RegionWebUI.Diffusion.Noise;

/// <summary>
/// The numbers of <c>torch.Generator("cpu")</c>: the same seed gives the noise, and so the picture, that people know from
/// PyTorch. Only the low 32 bits of the seed count, as there. Not for use by two threads at once.
/// </summary>
internal sealed class TorchCpuGenerator(long seed) : INoiseSource
{
    // From this length on PyTorch fills whole blocks at once instead of drawing one number after the other.
    private const int BlockLength = 16;
    private const int HalfBlock = BlockLength / 2;

    private readonly Mt19937 _words = new(unchecked((uint)seed));
    private double? _keptSine;

    /// <summary>One draw of <c>torch.randn(n)</c> in float32.</summary>
    public void Fill(Span<float> destination) => Draw(destination, NextFloat, BoxMuller);

    /// <summary>One draw of <c>torch.randn(n, dtype=torch.float64)</c>.</summary>
    public void Fill(Span<double> destination) => Draw(destination, NextDouble, BoxMuller);

    /// <summary><paramref name="count"/> values of one float32 draw.</summary>
    public float[] Randn(int count)
    {
        var values = new float[count];
        Fill(values.AsSpan());
        return values;
    }

    /// <summary><paramref name="count"/> values of one float64 draw.</summary>
    public double[] RandnDouble(int count)
    {
        var values = new double[count];
        Fill(values.AsSpan());
        return values;
    }

    /// <summary>The next uniform float32 in [0, 1): 24 bits, as <c>torch.rand</c>.</summary>
    public float NextFloat() => (_words.NextUInt32() & 0xffffff) / 16777216f;

    private double NextDouble() => (_words.NextUInt64() & ((1UL << 53) - 1)) / 9007199254740992.0;

    private void Draw<T>(Span<T> destination, Func<T> uniform, Action<Span<T>> boxMuller)
        where T : IFloatingPoint<T>
    {
        if (destination.Length < BlockLength)
        {
            foreach (ref var value in destination)
            {
                value = T.CreateTruncating(NextNormal());
            }

            return;
        }

        foreach (ref var value in destination)
        {
            value = uniform();
        }

        var start = 0;
        for (; start + BlockLength <= destination.Length; start += BlockLength)
        {
            boxMuller(destination.Slice(start, BlockLength));
        }

        if (start < destination.Length)
        {
            // A rest shorter than a block: the last whole block's worth of places is drawn anew, over what stood there.
            var last = destination[^BlockLength..];
            foreach (ref var value in last)
            {
                value = uniform();
            }

            boxMuller(last);
        }
    }

    // Box and Muller (1958), one at a time: the cosine is handed out, the sine waits for the next short draw, whatever comes between.
    private double NextNormal()
    {
        if (_keptSine is { } sine)
        {
            _keptSine = null;
            return sine;
        }

        var theta = 2 * Math.PI * NextDouble();
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        _keptSine = radius * Math.Sin(theta);
        return radius * Math.Cos(theta);
    }

    // Each intermediate is rounded to float32 as PyTorch's scalar code does; in between, double gives the same bits on every platform.
    private static void BoxMuller(Span<float> block)
    {
        for (var j = 0; j < HalfBlock; j++)
        {
            var log = (float)Math.Log(1f - block[j]);
            var radius = MathF.Sqrt(-2f * log);
            var theta = (float)(2 * Math.PI * block[j + HalfBlock]);
            block[j] = radius * (float)Math.Cos(theta);
            block[j + HalfBlock] = radius * (float)Math.Sin(theta);
        }
    }

    private static void BoxMuller(Span<double> block)
    {
        for (var j = 0; j < HalfBlock; j++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - block[j]));
            var theta = 2 * Math.PI * block[j + HalfBlock];
            block[j] = radius * Math.Cos(theta);
            block[j + HalfBlock] = radius * Math.Sin(theta);
        }
    }
}
