using System.Buffers.Binary;

namespace RegionWebUI.Imaging.Codecs.Jpeg;

/// <summary>The frame header, legal and within the limits (ITU-T T.81, B.2.2).</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Progressive">Coefficients come in several scans.</param>
/// <param name="Components">1 (grey), 3 (colour) or 4 (print) planes.</param>
internal sealed record JpegFrame(int Width, int Height, bool Progressive, IReadOnlyList<JpegComponent> Components)
{
    private const int HeadBytes = 6;
    private const int ComponentBytes = 3;

    /// <summary>
    /// The fewest bytes that can hold the pixels: a Huffman code has at least one bit, and a block has at least one code for its DC coefficient
    /// and, unless progressive, one for the end of its others.
    /// </summary>
    public long FewestDataBytes
    {
        get
        {
            var (across, down) = (Components.Max(c => c.Horizontal), Components.Max(c => c.Vertical));
            var blocks = Components.Sum(c => Blocks(Width, c.Horizontal, across) * Blocks(Height, c.Vertical, down));
            return ((blocks * (Progressive ? 1 : 2)) + 7) / 8;
        }
    }

    /// <summary>Reads and judges the segment.</summary>
    /// <param name="marker">Which kind of frame.</param>
    /// <param name="data">The segment without its length.</param>
    /// <param name="limits">What is allowed.</param>
    public static JpegFrame Parse(byte marker, ReadOnlySpan<byte> data, PictureLimits limits)
    {
        if (marker is not (JpegMarker.FrameFirst or JpegMarker.FrameSequential or JpegMarker.FrameProgressive))
        {
            throw new ImageFormatException(
                $"The JPEG is of kind SOF{marker - JpegMarker.FrameFirst}; only SOF0 and SOF1 (sequential) and SOF2 (progressive) are read.");
        }

        if (data.Length < HeadBytes)
        {
            throw new ImageFormatException($"The JPEG's frame header has {data.Length} bytes; it must have at least {HeadBytes}.");
        }

        if (data[0] != 8)
        {
            throw new ImageFormatException($"The JPEG has {data[0]} bits a sample; only 8 are read.");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt16BigEndian(data[3..]), BinaryPrimitives.ReadUInt16BigEndian(data[1..]));
        if (limits.ProblemOf(width, height) is { } problem)
        {
            throw new ImageFormatException(problem);
        }

        if (data[5] is not (1 or 3 or 4))
        {
            throw new ImageFormatException($"The JPEG has {data[5]} components; it must have 1, 3 or 4.");
        }

        var length = HeadBytes + (data[5] * ComponentBytes);
        return data.Length == length
            ? new JpegFrame(width, height, marker == JpegMarker.FrameProgressive, ParseComponents(data[HeadBytes..]))
            : throw new ImageFormatException($"The JPEG's frame header has {data.Length} bytes; {data[5]} components need {length}.");
    }

    private static JpegComponent[] ParseComponents(ReadOnlySpan<byte> data)
    {
        var components = new JpegComponent[data.Length / ComponentBytes];
        for (var i = 0; i < components.Length; i++)
        {
            var one = data.Slice(i * ComponentBytes, ComponentBytes);
            components[i] = new JpegComponent(one[0], one[1] >> 4, one[1] & 15, one[2]);
            if (components[i] is { Horizontal: < 1 or > 4 } or { Vertical: < 1 or > 4 } or { Table: > 3 })
            {
                throw new ImageFormatException(
                    $"The JPEG's component {one[0]} has sampling {one[1] >> 4} x {one[1] & 15} and table {one[2]}; "
                    + "sampling must be 1 to 4 and the table 0 to 3.");
            }
        }

        return components;
    }

    private static long Blocks(int pixels, int factor, int largest) => (((long)pixels * factor) + (8 * largest) - 1) / (8 * largest);
}
