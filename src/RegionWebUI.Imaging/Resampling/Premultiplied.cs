namespace RegionWebUI.Imaging.Resampling;

/// <summary>
/// RGBA with its colours multiplied by opacity, so that colours nobody sees do not bleed into visible ones. Rounded as Pillow does.
/// </summary>
internal static class Premultiplied
{
    public static byte[] From(ReadOnlySpan<byte> rgba)
    {
        var result = rgba.ToArray();
        for (var i = 0; i < result.Length; i++)
        {
            if (i % 4 != 3)
            {
                var product = (result[i] * result[i | 3]) + 128;
                result[i] = (byte)(((product >> 8) + product) >> 8);
            }
        }

        return result;
    }

    public static byte[] Undo(ReadOnlySpan<byte> premultiplied)
    {
        var result = premultiplied.ToArray();
        for (var i = 0; i < result.Length; i++)
        {
            var alpha = result[i | 3];
            if (i % 4 != 3 && alpha is not (0 or 255))
            {
                result[i] = (byte)Math.Min(255 * result[i] / alpha, 255);
            }
        }

        return result;
    }
}
