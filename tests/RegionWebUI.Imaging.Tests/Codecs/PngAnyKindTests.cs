using CsCheck;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>PNGs of random bytes, of every kind with up to 8 bits a sample: any bytes are a picture, and Skia is the second reader.</summary>
public class PngAnyKindTests
{
    // PNG specification, 8.2: the pass each pixel of a square of eight belongs to.
    private static readonly string[] _passes =
        ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

    private static readonly (byte Color, byte Depth)[] _kinds =
        [(0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (6, 8)];

    [Fact]
    public void Decode_AnyKind_EqualsSkia() =>
        Gen.Select(Gen.Int[0, _kinds.Length - 1].Select(i => _kinds[i]), Gen.Int[1, 40], Gen.Int[1, 24], Gen.Bool, Gen.Bool, Gen.Int).Sample(
            (kind, width, height, interlaced, transparent, seed) =>
            {
                var file = Make(kind, width, height, interlaced, transparent, new Random(seed));
                var decoded = PngFile.Decode(file);
                var expected = Pictures.ReadBySkia(file, out var readWidth, out var readHeight);
                return (decoded.Image.Width, decoded.Image.Height) == (readWidth, readHeight) && Pictures.ToRgba(decoded).SequenceEqual(expected);
            },
            iter: 1000);

    private static byte[] Make((byte Color, byte Depth) kind, int width, int height, bool interlaced, bool transparent, Random random)
    {
        var samples = kind.Color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var data = new List<byte>();
        foreach (var rows in interlaced ? "1234567".Select(pass => RowsOf(pass, width, height)) : [Enumerable.Repeat(width, height)])
        {
            foreach (var pixels in rows)
            {
                var row = new byte[1 + (((pixels * samples * kind.Depth) + 7) / 8)];
                random.NextBytes(row);
                row[0] %= 5;
                data.AddRange(row);
            }
        }

        var colors = 1 << kind.Depth;
        var palette = new byte[3 * colors];
        random.NextBytes(palette);
        byte[] transparency = kind.Color switch
        {
            0 => [0, (byte)random.Next(colors)],
            2 => [0, (byte)random.Next(256), 0, (byte)random.Next(256), 0, (byte)random.Next(256)],
            3 => [.. palette.Take(random.Next(1, colors + 1))],
            _ => [],
        };
        return PngParts.Join(
            PngParts.Signature, PngParts.Header((uint)width, (uint)height, kind.Depth, kind.Color, interlaced ? (byte)1 : (byte)0),
            kind.Color == 3 ? PngParts.Chunk("PLTE", palette) : [],
            transparent && transparency.Length > 0 ? PngParts.Chunk("tRNS", transparency) : [],
            PngParts.Data([.. data]), PngParts.End);
    }

    /// <summary>How many pixels each row of a pass has, found by looking at every pixel.</summary>
    private static IEnumerable<int> RowsOf(char pass, int width, int height) =>
        Enumerable.Range(0, height)
            .Select(y => Enumerable.Range(0, width).Count(x => _passes[y % 8][x % 8] == pass))
            .Where(pixels => pixels > 0);
}
