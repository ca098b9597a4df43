using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Noise;

/// <summary>
/// All noise of one picture, as A1111's ImageRNG draws it: first the start noise (mixed with a variation seed's, or placed in the
/// middle of a larger picture), then draw after draw.
/// </summary>
internal sealed class ImageNoise : INoiseSource
{
    private INoiseSource _generator;

    /// <summary>Draws the start noise.</summary>
    /// <param name="seed">The picture's seed.</param>
    /// <param name="channels">Latent channels.</param>
    /// <param name="height">Latent height.</param>
    /// <param name="width">Latent width.</param>
    /// <param name="options">What departs from one seed, one noise.</param>
    /// <exception cref="BadInputException">An option is out of range.</exception>
    public ImageNoise(long seed, int channels, int height, int width, NoiseOptions options)
    {
        options.Validate();
        _generator = Generator(options.Device, seed);
        var (fromHeight, fromWidth) = options.ResizeFrom ?? (height, width);
        var resized = (fromHeight, fromWidth) != (height, width);
        var noise = Draw(resized ? Generator(options.Device, seed) : _generator, channels * fromHeight * fromWidth);
        if (options.VariationStrength > 0)
        {
            var other = Draw(Generator(options.Device, options.VariationSeed ?? 0), noise.Length);
            noise = Slerp.Between(options.VariationStrength, noise, other, fromHeight, fromWidth);
        }

        // Around a smaller noise stands the picture's own; of a larger one the middle is left.
        First = resized ? Centre(noise, fromHeight, fromWidth, Draw(_generator, channels * height * width), height, width) : noise;
        if (options.EtaNoiseSeedDelta != 0)
        {
            _generator = Generator(options.Device, seed + options.EtaNoiseSeedDelta);
        }
    }

    /// <summary>The start noise, channels x height x width.</summary>
    public float[] First { get; }

    /// <summary>The generator of a seed.</summary>
    public static INoiseSource Generator(NoiseDevice device, long seed) =>
        device == NoiseDevice.Nv ? new PhiloxGenerator(seed) : new TorchCpuGenerator(seed);

    /// <summary>The next draw after the start noise.</summary>
    public void Fill(Span<float> destination) => _generator.Fill(destination);

    private static float[] Draw(INoiseSource generator, int count)
    {
        var values = new float[count];
        generator.Fill(values);
        return values;
    }

    private static float[] Centre(float[] source, int fromHeight, int fromWidth, float[] target, int height, int width)
    {
        // Division towards minus infinity, as in Python: an odd surplus is cut off by one cell more before than after.
        var (dy, dx) = ((height - fromHeight) >> 1, (width - fromWidth) >> 1);
        var (rows, columns) = (dy >= 0 ? fromHeight : fromHeight + (2 * dy), dx >= 0 ? fromWidth : fromWidth + (2 * dx));
        var (toY, toX, fromY, fromX) = (Math.Max(dy, 0), Math.Max(dx, 0), Math.Max(-dy, 0), Math.Max(-dx, 0));
        for (var channel = 0; channel < target.Length / (height * width); channel++)
        {
            for (var y = 0; y < rows; y++)
            {
                var from = (((channel * fromHeight) + fromY + y) * fromWidth) + fromX;
                var to = (((channel * height) + toY + y) * width) + toX;
                source.AsSpan(from, columns).CopyTo(target.AsSpan(to));
            }
        }

        return target;
    }
}
