using System.Globalization;
using System.Text;

namespace RegionWebUI.Fuzz.Mutations;

/// <summary>Changes of bytes: flips, numbers, pieces cut out, doubled, repeated or taken from elsewhere.</summary>
internal static class ByteMutation
{
    private const int LongestPiece = 40;
    private const int MostRepeated = 16_384;

    private static readonly byte[][] _numbers =
        [[0, 0], [0xFF, 0xFF], [0x7F, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]];

    /// <summary>One to eight changes, mostly few.</summary>
    /// <param name="input">What is changed; stays as it is.</param>
    /// <param name="other">What pieces are taken from.</param>
    /// <param name="tokens">Pieces with a meaning.</param>
    /// <param name="random">Decides.</param>
    public static byte[] Change(byte[] input, byte[] other, IReadOnlyList<byte[]> tokens, Random random)
    {
        var result = (byte[])input.Clone();
        for (var changes = random.Next(random.Next(8) + 1) + 1; changes > 0; changes--)
        {
            result = One(result, other, tokens, random);
        }

        return result;
    }

    private static byte[] One(byte[] input, byte[] other, IReadOnlyList<byte[]> tokens, Random random)
    {
        if (input.Length == 0)
        {
            return Token(tokens, random);
        }

        // Heads decide more than bodies do, so half of the changes hit the front.
        var at = random.Next(random.Next(2) == 0 ? Math.Min(64, input.Length) : input.Length);
        var end = at + random.Next(1, Math.Min(LongestPiece, input.Length - at) + 1);
        switch (random.Next(12))
        {
            case 0:
                input[at] ^= (byte)(1 << random.Next(8));
                return input;
            case 1:
                input[at] = (byte)random.Next(256);
                return input;
            case 2:
                var number = _numbers[random.Next(_numbers.Length)];
                number.AsSpan(0, Math.Min(number.Length, input.Length - at)).CopyTo(input.AsSpan(at));
                return input;
            case 3:
                return [.. input[..at], .. input[end..]];
            case 4:
                return [.. input[..end], .. input[at..]];
            case 5:
                var from = random.Next(other.Length + 1);
                return [.. input[..at], .. other[from..Math.Min(other.Length, from + end - at)], .. input[at..]];
            case 6:
                return random.Next(4) == 0 ? input[..at] : [.. input[..at], .. other[Math.Min(at, other.Length)..]];
            case 7:
                return Repeat(input, at, end, random);
            case 8:
                return [.. input[..at], .. Number(random), .. input[DigitsEnd(input, at)..]];
            default:
                return [.. input[..at], .. Token(tokens, random), .. input[(random.Next(2) == 0 ? at : end)..]];
        }
    }

    // Long repetitions show what takes more than linear time; most are short, or little else would be tried.
    private static byte[] Repeat(byte[] input, int at, int end, Random random)
    {
        var most = random.Next(24) == 0 ? MostRepeated / (end - at) : 8;
        var piece = input.AsSpan(at, end - at);
        var result = new List<byte>(input[..at]);
        for (var times = random.Next(1, Math.Max(most, 1) + 1); times > 0; times--)
        {
            result.AddRange(piece);
        }

        result.AddRange(input.AsSpan(end));
        return [.. result];
    }

    private static byte[] Token(IReadOnlyList<byte[]> tokens, Random random) =>
        tokens.Count == 0 ? [(byte)random.Next(256)] : tokens[random.Next(tokens.Count)];

    private static int DigitsEnd(byte[] input, int at)
    {
        while (at < input.Length && char.IsAsciiDigit((char)input[at]))
        {
            at++;
        }

        return at;
    }

    private static byte[] Number(Random random) => Encoding.ASCII.GetBytes(random.Next(8) switch
    {
        0 => "0",
        1 => "-1",
        2 => (1UL << random.Next(64)).ToString(CultureInfo.InvariantCulture),
        3 => ((1UL << random.Next(1, 64)) - 1).ToString(CultureInfo.InvariantCulture),
        4 => random.NextDouble().ToString(CultureInfo.InvariantCulture),
        5 => $"{random.Next(10)}e{random.Next(-400, 400)}",
        6 => new string('9', random.Next(1, 5000)),
        _ => random.Next(100).ToString(CultureInfo.InvariantCulture),
    });
}
