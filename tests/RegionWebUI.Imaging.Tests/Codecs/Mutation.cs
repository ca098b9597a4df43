using CsCheck;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>Random damage to a file: bytes and numbers changed, pieces cut out, doubled or taken from another file.</summary>
internal static class Mutation
{
    private static readonly byte[][] _numbers =
        [[0, 0], [0xFF, 0xFF], [0x7F, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]];

    /// <summary>A file of those given, with one to eight changes.</summary>
    public static Gen<byte[]> Of(IReadOnlyList<byte[]> files) =>
        from first in Gen.Int[0, files.Count - 1]
        from second in Gen.Int[0, files.Count - 1]
        from seed in Gen.Int
        from changes in Gen.Int[1, 8]
        select Damage(files[first], files[second], changes, new Random(seed));

    private static byte[] Damage(byte[] file, byte[] other, int changes, Random random)
    {
        var result = (byte[])file.Clone();
        for (var i = 0; i < changes && result.Length > 4; i++)
        {
            result = Change(result, other, random);
        }

        return result;
    }

    private static byte[] Change(byte[] file, byte[] other, Random random)
    {
        // Heads decide more than pixels do, so half of the changes hit the front.
        var at = random.Next(random.Next(2) == 0 ? Math.Min(64, file.Length) : file.Length);
        var length = random.Next(1, Math.Min(40, file.Length - at + 1));
        switch (random.Next(7))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                file[at] = (byte)random.Next(256);
                return file;
            case 2:
                var number = _numbers[random.Next(_numbers.Length)];
                number.AsSpan(0, Math.Min(number.Length, file.Length - at)).CopyTo(file.AsSpan(at));
                return file;
            case 3:
                return [.. file[..at], .. file[(at + length)..]];
            case 4:
                return [.. file[..(at + length)], .. file[at..]];
            case 5:
                var from = random.Next(other.Length);
                return [.. file[..at], .. other[from..Math.Min(other.Length, from + length)], .. file[at..]];
            default:
                return random.Next(3) == 0 ? file[..at] : [.. file[..at], .. other[Math.Min(at, other.Length)..]];
        }
    }
}
