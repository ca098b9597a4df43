namespace RegionWebUI.Imaging.Resampling;

/// <summary>Which pixels of a row (or column) make each pixel of the new one, and with what weights.</summary>
internal sealed class ResampleKernel
{
    /// <summary>Bits behind the point of a fixed weight: 32 less 8 of a sample and 2 for sums beyond its range.</summary>
    public const int FractionBits = 32 - 8 - 2;

    private readonly int _taps;
    private readonly (int Start, int Count)[] _spans;
    private readonly double[] _weights;

    /// <summary>Weighs for one direction.</summary>
    /// <param name="sourceLength">Pixels there are.</param>
    /// <param name="from">Where the part to resize begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="length">Pixels wanted.</param>
    /// <param name="filter">Not nearest.</param>
    public ResampleKernel(int sourceLength, float from, float to, int length, ResampleFilter filter)
    {
        var scale = (double)(to - from) / length;
        var stretch = Math.Max(scale, 1);
        var reach = FilterCurve.RadiusOf(filter) * stretch;
        _taps = Math.Min(((int)Math.Ceiling(reach) * 2) + 1, sourceLength);
        _spans = new (int, int)[length];
        _weights = new double[(long)_taps * length];
        for (var i = 0; i < length; i++)
        {
            var center = from + ((i + 0.5) * scale);
            var start = Math.Max((int)(center - reach + 0.5), 0);
            var end = Math.Min((int)(center + reach + 0.5), sourceLength);
            _spans[i] = (start, end - start);
            Weigh(_weights.AsSpan(i * _taps, end - start), start - center + 0.5, 1 / stretch, filter);
        }
    }

    /// <summary>Pixels of the new row.</summary>
    public int Length => _spans.Length;

    /// <summary>The first pixel any new pixel needs.</summary>
    public int First => _spans[0].Start;

    /// <summary>One behind the last pixel any new pixel needs.</summary>
    public int End => _spans[^1].Start + _spans[^1].Count;

    public int Start(int index) => _spans[index].Start;

    /// <summary>The weights of the pixels from <see cref="Start"/> on; they sum up to 1.</summary>
    public ReadOnlySpan<double> Weights(int index) => _weights.AsSpan(index * _taps, _spans[index].Count);

    /// <summary>The same weights as whole numbers.</summary>
    public FixedKernel ToFixed() =>
        new(_taps, _spans, Array.ConvertAll(_weights, w => (int)((w < 0 ? -0.5 : 0.5) + (w * (1 << FractionBits)))));

    private static void Weigh(Span<double> weights, double first, double step, ResampleFilter filter)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = FilterCurve.Of(filter, (i + first) * step);
            sum += weights[i];
        }

        for (var i = 0; i < weights.Length && sum != 0; i++)
        {
            weights[i] /= sum;
        }
    }
}
