using System.Collections.Immutable;

namespace RegionWebUI.Graph;

/// <summary>A literal shape: every dimension is known when the graph is built. Compared by value.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly ImmutableArray<int> _dims;

    /// <summary>Makes a shape from its dimensions, outermost first; none means a scalar.</summary>
    public Shape(params ReadOnlySpan<int> dims) => _dims = [.. dims];

    /// <summary>The dimensions, outermost first.</summary>
    public ImmutableArray<int> Dims => _dims.IsDefault ? [] : _dims;

    /// <summary>Number of dimensions.</summary>
    public int Rank => Dims.Length;

    /// <summary>Product of the dimensions; 1 for a scalar.</summary>
    public long ElementCount => Dims.Aggregate(1L, (n, d) => checked(n * d));

    /// <summary>One dimension; an index from the end may be used.</summary>
    public int this[Index index] => Dims[index];

    /// <summary>The same shape with one dimension replaced.</summary>
    public Shape With(int axis, int size) => new(Dims.SetItem(axis, size).AsSpan());

    /// <summary>
    /// The common shape of two operands under NumPy broadcasting, or null when there is none.
    /// </summary>
    public static Shape? Broadcast(Shape a, Shape b)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        var dims = new int[rank];
        for (var i = 1; i <= rank; i++)
        {
            var da = i <= a.Rank ? a[^i] : 1;
            var db = i <= b.Rank ? b[^i] : 1;
            if (da != db && da != 1 && db != 1)
            {
                return null;
            }

            dims[rank - i] = da == 1 ? db : da;
        }

        return new Shape(dims);
    }

    /// <inheritdoc />
    public bool Equals(Shape other) => Dims.AsSpan().SequenceEqual(other.Dims.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var dim in Dims)
        {
            hash.Add(dim);
        }

        return hash.ToHashCode();
    }

    /// <summary>The shape as people write it: <c>[2, 4, 16, 16]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Dims)}]";

    /// <summary>Equality by value.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Inequality by value.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);
}
