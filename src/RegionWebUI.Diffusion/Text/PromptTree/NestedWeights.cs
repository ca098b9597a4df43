using System.Numerics.Tensors;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>
/// Weights that are multiplied from some place to the end, over and over, rounded after each product as the original does. Products of one
/// factor that follow each other are made together, so that thousands of nested brackets cost no more than as many side by side.
/// </summary>
internal sealed class NestedWeights
{
    private readonly List<int> _starts = [];
    private double[] _weights = new double[16];
    private double _factor;

    /// <summary>Number of weights.</summary>
    public int Count { get; private set; }

    /// <summary>The weights.</summary>
    public ReadOnlySpan<double> Values
    {
        get
        {
            Flush();
            return _weights.AsSpan(0, Count);
        }
    }

    /// <summary>Adds a weight at the end.</summary>
    public void Add(double weight)
    {
        Flush();
        if (Count == _weights.Length)
        {
            Array.Resize(ref _weights, _weights.Length * 2);
        }

        _weights[Count++] = weight;
    }

    /// <summary>Multiplies all weights from a place to the end.</summary>
    public void Multiply(int first, double factor)
    {
        if (factor != _factor)
        {
            Flush();
            _factor = factor;
        }

        _starts.Add(first);
    }

    private void Flush()
    {
        var first = _starts.Count > 1 ? _starts.Min() : 0;
        if (_starts.Count > 1 && !_weights.AsSpan(first, Count - first).ContainsAnyExcept(1, -1))
        {
            MultiplyPlain();
        }
        else
        {
            foreach (var start in _starts)
            {
                var range = _weights.AsSpan(start, Count - start);
                TensorPrimitives.Multiply(range, _factor, range);
            }
        }

        _starts.Clear();
    }

    // Where all weights are still 1 or -1, only the number of brackets around each counts.
    private void MultiplyPlain()
    {
        _starts.Sort();
        var products = new List<double> { 1 };
        var times = 0;
        for (var i = _starts[0]; i < Count; i++)
        {
            for (; times < _starts.Count && _starts[times] <= i; times++)
            {
                products.Add(products[^1] * _factor);
            }

            _weights[i] *= products[times];
        }
    }
}
