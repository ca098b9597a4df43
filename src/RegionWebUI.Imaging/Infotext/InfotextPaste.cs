using System.Numerics;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>
/// What A1111 v1.10.1 makes of an infotext when it is pasted: sizes taken apart, styles taken out of the prompt, defaults for missing
/// keys, and the settings under which old versions worked.
/// </summary>
public static class InfotextPaste
{
    private const string HiresWidth = InfotextKeys.HiresResize + "-1";
    private const string HiresHeight = InfotextKeys.HiresResize + "-2";

    private static readonly InfotextPasteOptions _defaultOptions = new();

    // Up to this version styles were not taken out of the prompts of the second pass.
    private static readonly InfotextVersion _lastWithHiresStyles = InfotextVersion.Parse("1.8.0-139")!;

    private static readonly KeyValuePair<string, InfotextValue>[] _firstDefaults =
    [
        new("Hires sampler", "Use same sampler"), new("Hires schedule type", "Use same scheduler"),
        new("Hires checkpoint", "Use same checkpoint"), new(InfotextKeys.HiresPrompt, ""), new(InfotextKeys.HiresNegativePrompt, ""),
        new(InfotextKeys.MaskMode, "Inpaint masked"), new(InfotextKeys.MaskedContent, "original"),
        new(InfotextKeys.InpaintArea, "Whole picture"), new(InfotextKeys.MaskedAreaPadding, 32),
    ];

    private static readonly KeyValuePair<string, InfotextValue>[] _lastDefaults =
    [
        new(InfotextKeys.Rng, "GPU"), new(InfotextKeys.ScheduleType, "Automatic"), new("Schedule max sigma", 0),
        new("Schedule min sigma", 0), new("Schedule rho", 0), new("VAE Encoder", "Full"), new("VAE Decoder", "Full"),
        new(InfotextKeys.Fp8Weight, "Disable"),
    ];

    /// <summary>Works out the values for A1111's fields.</summary>
    /// <param name="document">The infotext as read.</param>
    /// <param name="options">The user's wishes; null for A1111's defaults, without styles.</param>
    /// <returns>The values by key.</returns>
    /// <exception cref="FormatException">
    /// A weight in the prompt is no number (<c>(x:1..2)</c>), or the sizes of an infotext with <c>First pass size</c> are none.
    /// </exception>
    public static PastedInfotext Paste(InfotextDocument document, InfotextPasteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= _defaultOptions;
        var values = new OrderedDictionary<string, InfotextValue>();
        foreach (var (key, value) in document.Fields)
        {
            AddField(values, key, value);
        }

        var version = InfotextVersion.Parse(TextOf(values, InfotextKeys.Version));
        var (styles, prompt, negative) = TakeStyles(document, values, version, options);
        values[InfotextKeys.Prompt] = prompt;
        values[InfotextKeys.NegativePrompt] = negative;
        AddDefaults(values);
        if (PromptEmphasis.IsUsed(prompt) | PromptEmphasis.IsUsed(negative))
        {
            values.TryAdd(InfotextKeys.Emphasis, "Original");
        }

        values.TryAdd(OldVersions.RefinerBySteps, false);
        OldVersions.Apply(values, version);
        foreach (var key in options.Skip)
        {
            values.Remove(key);
        }

        return new PastedInfotext(values, options.Skip.Contains(InfotextKeys.StylesArray) ? null : styles);
    }

    /// <summary>The text under a key; null when there is none.</summary>
    internal static string? TextOf(OrderedDictionary<string, InfotextValue> values, string key) =>
        values.TryGetValue(key, out var value) ? value.ToString() : null;

    private static void AddField(OrderedDictionary<string, InfotextValue> values, string key, string value)
    {
        var x = PythonText.SkipDigits(value, 0);
        var end = x < value.Length ? PythonText.SkipDigits(value, x + 1) : 0;
        if (x == 0 || end <= x + 1 || value[x] != 'x' || value.AsSpan(end) is not ("" or "\n"))
        {
            values[key] = value;
            return;
        }

        values[key + "-1"] = value[..x];
        values[key + "-2"] = value[(x + 1)..end];
    }

    private static (IReadOnlyList<string>? Styles, string Prompt, string Negative) TakeStyles(
        InfotextDocument document, OrderedDictionary<string, InfotextValue> values, InfotextVersion? version, InfotextPasteOptions options)
    {
        var asWritten = (default(IReadOnlyList<string>), document.Prompt, document.NegativePrompt);
        if (options.StylePasting == StylePasting.Ignore)
        {
            return asWritten;
        }

        var taken = StyleExtraction.From(document.Prompt, document.NegativePrompt, options.Styles);
        var hiresPrompt = TextOf(values, InfotextKeys.HiresPrompt);
        var hiresNegative = TextOf(values, InfotextKeys.HiresNegativePrompt);
        if ((hiresPrompt is not null || hiresNegative is not null) && (version is null || version.CompareTo(_lastWithHiresStyles) > 0))
        {
            var hires = StyleExtraction.From(hiresPrompt ?? document.Prompt, hiresNegative ?? document.NegativePrompt, options.Styles);
            if (!hires.HasSameStyles(taken))
            {
                return asWritten;
            }

            // Empty means "as in the first pass".
            values[InfotextKeys.HiresPrompt] = hires.Prompt == taken.Prompt ? "" : hires.Prompt;
            values[InfotextKeys.HiresNegativePrompt] = hires.NegativePrompt == taken.NegativePrompt ? "" : hires.NegativePrompt;
        }

        var select = options.StylePasting == StylePasting.Apply || (options.StylePasting == StylePasting.ApplyIfAny && taken.Found.Count > 0);
        if (select)
        {
            values.Remove(InfotextKeys.StylesArray);
        }

        return (select ? taken.Found : null, taken.Prompt, taken.NegativePrompt);
    }

    private static void AddDefaults(OrderedDictionary<string, InfotextValue> values)
    {
        values.TryAdd(InfotextKeys.ClipSkip, "1");
        if (TextOf(values, "Hypernet") is { } hypernet)
        {
            var strength = TextOf(values, "Hypernet strength") ?? "1.0";
            values[InfotextKeys.Prompt] = $"{values[InfotextKeys.Prompt]}<hypernet:{hypernet}:{strength}>";
        }

        if (values.TryAdd(HiresWidth, 0))
        {
            values[HiresHeight] = 0;
        }

        foreach (var (key, value) in _firstDefaults)
        {
            values.TryAdd(key, value);
        }

        TurnFirstPassAround(values);
        foreach (var (key, value) in _lastDefaults)
        {
            values.TryAdd(key, value);
        }

        if (TextOf(values, InfotextKeys.Fp8Weight) != "Disable")
        {
            values.TryAdd("Cache FP16 weight for LoRA", false);
        }
    }

    // Before hires fix had its own size, Size was the final one and First pass size the first one.
    private static void TurnFirstPassAround(OrderedDictionary<string, InfotextValue> values)
    {
        const string FirstWidth = "First pass size-1", FirstHeight = "First pass size-2";
        const string Width = InfotextKeys.Size + "-1", Height = InfotextKeys.Size + "-2";
        if (!values.ContainsKey(FirstWidth) || !values.ContainsKey(FirstHeight))
        {
            return;
        }

        var (firstWidth, firstHeight) = (IntegerOf(values, FirstWidth), IntegerOf(values, FirstHeight));
        var (width, height) = (IntegerOf(values, Width), IntegerOf(values, Height));
        if (firstWidth == 0 || firstHeight == 0)
        {
            (firstWidth, firstHeight) = OldVersions.FirstPassSize(width, height);
        }

        values[Width] = firstWidth;
        values[Height] = firstHeight;
        values[HiresWidth] = width;
        values[HiresHeight] = height;
    }

    private static BigInteger IntegerOf(OrderedDictionary<string, InfotextValue> values, string key)
    {
        const int SizeWhenMissing = 512;
        return TextOf(values, key) is not { } text
            ? SizeWhenMissing
            : PythonInput.TryInteger(text, out var number)
            ? number
            : throw new FormatException($"'{key}' of the infotext is '{PythonInput.Show(text)}', which is not a whole number.");
    }
}
