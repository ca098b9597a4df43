namespace RegionWebUI.Imaging.Codecs;

/// <summary>Brings samples of 1, 2, 4, 8 or 16 bits to one byte each.</summary>
internal static class PngSamples
{
    /// <summary>Takes a row's samples apart. Their values stay what they are; of 16 bits only the high 8 are kept.</summary>
    /// <param name="row">Packed samples, the leftmost in the highest bits; 16 bits big-endian.</param>
    /// <param name="bitDepth">1, 2, 4, 8 or 16.</param>
    /// <param name="samples">Receives as many samples as it has places.</param>
    public static void Unpack(ReadOnlySpan<byte> row, int bitDepth, Span<byte> samples)
    {
        if (bitDepth == 8)
        {
            row[..samples.Length].CopyTo(samples);
            return;
        }

        if (bitDepth == 16)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = row[2 * i];
            }

            return;
        }

        var mask = LargestValue(bitDepth);
        for (var i = 0; i < samples.Length; i++)
        {
            var bit = i * bitDepth;
            samples[i] = (byte)((row[bit >> 3] >> (8 - bitDepth - (bit & 7))) & mask);
        }
    }

    /// <summary>Spreads samples of fewer than 8 bits over 0 to 255, in place; others stay.</summary>
    public static void Stretch(Span<byte> samples, int bitDepth)
    {
        if (bitDepth >= 8)
        {
            return;
        }

        var factor = 255 / LargestValue(bitDepth);
        foreach (ref var sample in samples)
        {
            sample = (byte)(sample * factor);
        }
    }

    /// <summary>The largest value of a sample.</summary>
    public static int LargestValue(int bitDepth) => (1 << bitDepth) - 1;
}
