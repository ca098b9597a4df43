namespace RegionWebUI.Sdk.Objectives;

/// <summary>
/// A crop and resize of one axis as a matrix [to, size], for <see cref="Graph.Expr.Map"/>: exact, the same on every device, and an input
/// that changes from step to step without anything being compiled anew.
/// </summary>
public static class SizeMatrix
{
    /// <summary>Entries start..start + length of an axis, brought to a size: adaptive average pooling when it shrinks, else linear.</summary>
    /// <param name="size">Entries of the axis.</param>
    /// <param name="start">First entry, 0 or more.</param>
    /// <param name="length">Entries that are taken, 1 or more.</param>
    /// <param name="to">Entries of the result, 1 or more.</param>
    /// <returns>Row-major; every row sums to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The entries are not all there, or a size is below 1.</exception>
    public static float[] Crop(int size, int start, int length, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + length, size, nameof(length));
        var matrix = new float[to * size];
        for (var i = 0; i < to; i++)
        {
            var row = matrix.AsSpan((i * size) + start, length);
            if (length >= to)
            {
                // PyTorch's adaptive average pooling: from floor(i n / m) to ceil((i + 1) n / m).
                var (first, end) = ((int)((long)i * length / to), (int)((((long)(i + 1) * length) + to - 1) / to));
                row[first..end].Fill(1f / (end - first));
                continue;
            }

            // Half-pixel centres, the ends repeated.
            var at = Math.Clamp(((i + 0.5) * length / to) - 0.5, 0, length - 1);
            var left = Math.Min((int)at, length - 1);
            row[left] += (float)(1 - (at - left));
            row[Math.Min(left + 1, length - 1)] += (float)(at - left);
        }

        return matrix;
    }
}
