using System.Numerics;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>How older versions of A1111 worked, so that their infotexts give their pictures.</summary>
internal static class OldVersions
{
    /// <summary>The key that tells whether the refiner takes over by a share of the sampling steps instead of by noise level.</summary>
    public const string RefinerBySteps = "Refiner switch by sampling steps";

    private static readonly InfotextVersion _v160 = InfotextVersion.Parse("1.6.0")!;
    private static readonly InfotextVersion _zeroTerminalSnr = InfotextVersion.Parse("1.7.0-225")!;
    private static readonly InfotextVersion _v180 = InfotextVersion.Parse("1.8.0")!;

    /// <summary>Adds the settings under which the version that wrote the infotext worked.</summary>
    /// <param name="values">The values so far.</param>
    /// <param name="version">That version; null, when it is not known, adds nothing.</param>
    public static void Apply(OrderedDictionary<string, InfotextValue> values, InfotextVersion? version)
    {
        if (version is null)
        {
            return;
        }

        var before160 = version.CompareTo(_v160) < 0;
        if (before160 && values[InfotextKeys.Prompt].ToString().Contains('[', StringComparison.Ordinal))
        {
            values["Old prompt editing timelines"] = true;
        }

        if (before160 && InfotextPaste.TextOf(values, InfotextKeys.Sampler) is "DDIM" or "PLMS")
        {
            values["Pad conds v0"] = true;
        }

        if (version.CompareTo(_zeroTerminalSnr) < 0)
        {
            values["Downcast alphas_cumprod"] = true;
        }

        if (version.CompareTo(_v180) < 0 && InfotextPaste.TextOf(values, "Refiner") is { Length: > 0 })
        {
            values[RefinerBySteps] = true;
        }
    }

    /// <summary>The first pass the old hires fix chose by itself: about 512 x 512 pixels of the picture's shape, in whole blocks of 64.</summary>
    /// <param name="width">Pixels per row of the final picture.</param>
    /// <param name="height">Its rows.</param>
    /// <returns>Pixels per row and rows of the first pass.</returns>
    /// <exception cref="FormatException">The picture has no area.</exception>
    public static (BigInteger Width, BigInteger Height) FirstPassSize(BigInteger width, BigInteger height)
    {
        const int Pixels = 512 * 512;
        var scale = Math.Sqrt(Pixels / (double)(width * height));
        var (scaledWidth, scaledHeight) = (scale * (double)width, scale * (double)height);
        if (!double.IsFinite(scaledWidth) || !double.IsFinite(scaledHeight))
        {
            throw new FormatException(
                $"No first pass fits the infotext's size {PythonInput.Show($"{width}")} x {PythonInput.Show($"{height}")}; both must be positive.");
        }

        return (Blocks(scaledWidth), Blocks(scaledHeight));
    }

    private static BigInteger Blocks(double length)
    {
        const int Block = 64;
        return new BigInteger(Math.Ceiling(length / Block)) * Block;
    }
}
