namespace RegionWebUI.Diffusion.Noise;

/// <summary>
/// NumPy's SeedSequence (after O'Neill's seed_seq alternative, 2015): one entropy and the numbers of a branch make seeds that are
/// independent of those of every other branch.
/// </summary>
internal static class SeedSequence
{
    private const uint InitA = 0x43b0d7e5;
    private const uint MultA = 0x931e8875;
    private const uint InitB = 0x8b51f9dd;
    private const uint MultB = 0x58f38ded;
    private const uint MixMultL = 0xca01f9dd;
    private const uint MixMultR = 0x4973f715;
    private const int Shift = 16;

    /// <summary>The first <paramref name="count"/> words of the state.</summary>
    /// <param name="entropy">The seed of the whole tree.</param>
    /// <param name="branch">The spawn key: which branch of it; empty for the root.</param>
    /// <param name="poolSize">Words of the pool, 4 or more.</param>
    /// <param name="count">Words to make.</param>
    public static uint[] Generate(ulong entropy, ReadOnlySpan<ulong> branch, int poolSize, int count)
    {
        var pool = Mix(Words(entropy, branch, poolSize), poolSize);
        var state = new uint[count];
        var hash = InitB;
        for (var i = 0; i < count; i++)
        {
            var value = pool[i % poolSize] ^ hash;
            hash *= MultB;
            value *= hash;
            state[i] = value ^ (value >> Shift);
        }

        return state;
    }

    private static List<uint> Words(ulong entropy, ReadOnlySpan<ulong> branch, int poolSize)
    {
        var words = new List<uint>();
        Append(words, entropy);
        if (branch.Length > 0)
        {
            // A branch must not look like more entropy.
            words.AddRange(Enumerable.Repeat(0u, Math.Max(0, poolSize - words.Count)));
        }

        foreach (var number in branch)
        {
            Append(words, number);
        }

        return words;
    }

    private static void Append(List<uint> words, ulong number)
    {
        words.Add((uint)number);
        if (number > uint.MaxValue)
        {
            words.Add((uint)(number >> 32));
        }
    }

    private static uint[] Mix(List<uint> words, int poolSize)
    {
        var pool = new uint[poolSize];
        var hash = InitA;
        for (var i = 0; i < poolSize; i++)
        {
            pool[i] = Hash(i < words.Count ? words[i] : 0, ref hash);
        }

        for (var from = 0; from < Math.Max(poolSize, words.Count); from++)
        {
            for (var to = 0; to < poolSize; to++)
            {
                if (from == to)
                {
                    continue;
                }

                // Words beyond the pool are stirred into every place of it.
                var mixed = (MixMultL * pool[to]) - (MixMultR * Hash(from < poolSize ? pool[from] : words[from], ref hash));
                pool[to] = mixed ^ (mixed >> Shift);
            }
        }

        return pool;
    }

    private static uint Hash(uint value, ref uint hash)
    {
        value ^= hash;
        hash *= MultA;
        value *= hash;
        return value ^ (value >> Shift);
    }
}
