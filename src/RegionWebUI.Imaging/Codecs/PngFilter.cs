using System.Numerics;
using System.Runtime.InteropServices;

namespace RegionWebUI.Imaging.Codecs;

/// <summary>
/// The five row filters (PNG specification, 9). Rows carry <c>pixelBytes</c> zero bytes in front, which stand for the pixel left of
/// the first one; the row above the first is all zero.
/// </summary>
internal static class PngFilter
{
    public const int Count = 5;

    private const int Sub = 1;
    private const int Up = 2;
    private const int Average = 3;
    private const int Paeth = 4;

    /// <summary>Turns a filtered row into samples, in place.</summary>
    /// <param name="filter">0 to 4.</param>
    /// <param name="row">Margin and filtered bytes.</param>
    /// <param name="above">Margin and samples of the row above; as long as <paramref name="row"/>.</param>
    /// <param name="pixelBytes">Bytes a pixel, at least 1: the margin.</param>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case 0:
                return;
            case Sub:
                for (var i = pixelBytes; i < row.Length; i++)
                {
                    row[i] += row[i - pixelBytes];
                }

                return;
            case Up:
                UndoUp(row, above, pixelBytes);
                return;
            case Average:
                for (var i = pixelBytes; i < row.Length; i++)
                {
                    row[i] += (byte)((row[i - pixelBytes] + above[i]) >> 1);
                }

                return;
            case Paeth:
                for (var i = pixelBytes; i < row.Length; i++)
                {
                    row[i] += Predict(row[i - pixelBytes], above[i], above[i - pixelBytes]);
                }

                return;
            default:
                throw new ImageFormatException($"The PNG is damaged: a row has filter {filter}; only 0 to {Count - 1} exist.");
        }
    }

    /// <summary>Filters a row of samples.</summary>
    /// <param name="filter">0 to 4.</param>
    /// <param name="row">Margin and samples.</param>
    /// <param name="above">Margin and samples of the row above.</param>
    /// <param name="pixelBytes">Bytes a pixel: the margin.</param>
    /// <param name="filtered">Receives the bytes, without margin.</param>
    public static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> filtered)
    {
        var here = row[pixelBytes..];
        var left = row[..here.Length];
        var up = above.Slice(pixelBytes, here.Length);
        switch (filter)
        {
            case 0:
                here.CopyTo(filtered);
                return;
            case Sub:
                Subtract(here, left, filtered);
                return;
            case Up:
                Subtract(here, up, filtered);
                return;
            case Average:
                for (var i = 0; i < here.Length; i++)
                {
                    filtered[i] = (byte)(here[i] - ((left[i] + up[i]) >> 1));
                }

                return;
            case Paeth:
                var corner = above[..here.Length];
                for (var i = 0; i < here.Length; i++)
                {
                    filtered[i] = (byte)(here[i] - Predict(left[i], up[i], corner[i]));
                }

                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter), filter, "A PNG has filters 0 to 4.");
        }
    }

    /// <summary>
    /// Sum of the bytes as signed numbers without their sign: the smaller, the better a row is likely to deflate (specification, 12.7).
    /// </summary>
    public static long Cost(ReadOnlySpan<byte> filtered)
    {
        long cost = 0;
        var wide = MemoryMarshal.Cast<byte, Vector<sbyte>>(filtered);
        foreach (var lanes in wide)
        {
            // |-128| wraps to the byte 128, which is right once read as unsigned.
            Vector.Widen(Vector.AsVectorByte(Vector.Abs(lanes)), out var low, out var high);
            cost += Vector.Sum(low + high);
        }

        foreach (var value in filtered[(wide.Length * Vector<sbyte>.Count)..])
        {
            cost += value < 128 ? value : 256 - value;
        }

        return cost;
    }

    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        var i = pixelBytes;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++)
        {
            row[i] += above[i];
        }
    }

    private static void Subtract(ReadOnlySpan<byte> from, ReadOnlySpan<byte> what, Span<byte> result)
    {
        var i = 0;
        for (; i <= from.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(from[i..]) - new Vector<byte>(what[i..])).CopyTo(result[i..]);
        }

        for (; i < from.Length; i++)
        {
            result[i] = (byte)(from[i] - what[i]);
        }
    }

    // PNG specification, 9.4: the neighbour nearest to left + above - corner; ties go to left, then above.
    private static byte Predict(byte left, byte above, byte corner)
    {
        var toLeft = Math.Abs(above - corner);
        var toAbove = Math.Abs(left - corner);
        var toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
