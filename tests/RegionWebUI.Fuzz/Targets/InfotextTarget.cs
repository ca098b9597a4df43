using RegionWebUI.Fuzz.Mutations;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Fuzz.Targets;

/// <summary>
/// Infotexts: any text is read; pasting works or says in one sentence which number is none; and what was read can be written and read again.
/// </summary>
internal sealed class InfotextTarget : FuzzTarget
{
    private const string Negative = "Negative prompt:";
    private const int MostWritten = 50;

    private static readonly PromptStyle[] _styles =
    [
        new("after", "masterpiece, best quality", "blurry"), new("around", "a photo of {prompt}, 50mm", ""), new("negative", "", "{prompt}, ugly"),
        new("hole", "{prompt}", "{prompt}"), new("empty", "", ""), new("space", " x ", " "), new("same", "masterpiece, best quality", "blurry"),
    ];

    private static readonly InfotextPasteOptions[] _options =
    [
        new(), new() { Styles = _styles, StylePasting = StylePasting.Apply }, new() { Styles = _styles, StylePasting = StylePasting.Discard },
        new() { Styles = _styles, Skip = ["Seed", "Size-1", "Prompt", "Styles array"] },
    ];

    /// <inheritdoc/>
    public override string Name => "infotext";

    /// <inheritdoc/>
    public override int LongestInput => 32_768;

    /// <inheritdoc/>
    public override long MostAllocated => 1 << 20;

    /// <summary>Read twice, written once and pasted four times.</summary>
    public override long MostAllocatedPerByte => 800;

    /// <inheritdoc/>
    public override double MostMicrosecondsPerByte => 5;

    /// <inheritdoc/>
    protected override IReadOnlyList<byte[]> Tokens { get; } = Words.Of(
        ", ", ": ", ":", "\"", "\\", "\\\"", "\\n", "\\u0041", "\\ud800", "\\u", "\n", "\nNegative prompt: ", "Negative prompt:", "Steps: 20",
        "\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512", "Size: 64x64, ", "Size-1: 1_0, ", "First pass size: 0x0, ",
        "First pass size-1: ", "First pass size-2: \"\\n\", ", "Hires resize: 8x8, ", "Hires prompt: \"a, b\", ", "Hires negative prompt: c, ",
        "Version: v1.5.0-", "Version: 1.7.0-224-gabc", "1!2.3a4.post5.dev6+x", "Hypernet: a, ", "Hypernet strength: ", "Emphasis: ", "FP8 weight: ",
        "Refiner: x, ", "Styles array: ", "Prompt: ", "ext/a/b: ", "ENSD: 31337", "Clip skip: 2", "Sampler: DDIM", "(a:1.2)", "(a:1..2)", "((", "))",
        "[", "]", "BREAK", "\u001C", "\u2028", "\u0085", "\r", "\0", "²", "١", "𝟏", "😀", "é", "masterpiece, best quality", "a photo of ", ", 50mm",
        ", ugly", "blurry", "{prompt}", "x", "-", "/", "_", "0x0", "9x");

    /// <inheritdoc/>
    public override void Read(byte[] input, Trail trail)
    {
        var document = InfotextReader.Read(FuzzText.Decode(input));
        trail.Add(document.Prompt);
        trail.Add(document.NegativePrompt);
        foreach (var (key, value) in document.Fields)
        {
            Promise.Keep(key.Length >= 2, "A key has fewer than two characters.");
            trail.Add(key);
            trail.Add(value);
        }

        trail.Mark("fields", document.Fields.Count);
        trail.Mark("skipped", document.Skipped.Count);
        trail.Mark($"prompts {document.Prompt.Length > 0} {document.NegativePrompt.Length > 0}");
        WriteAgain(document);
        var keys = document.Fields.Select(field => field.Key).ToHashSet();
        foreach (var options in _options)
        {
            Paste(document, keys, options, trail);
        }
    }

    private static void Paste(InfotextDocument document, HashSet<string> keys, InfotextPasteOptions options, Trail trail)
    {
        try
        {
            var pasted = InfotextPaste.Paste(document, options);
            trail.Accept();
            trail.Mark("styles", pasted.Styles?.Count ?? -1);
            trail.Mark("values", pasted.Values.Count);
            foreach (var (key, value) in pasted.Values)
            {
                trail.Add(key);
                trail.Add(value.ToString());
                if (key.Length < 40 && !keys.Contains(key))
                {
                    trail.Mark($"added {key.Length} {value.ToString().Length > 0}");
                }
            }
        }
        catch (FormatException refused)
        {
            Promise.IsMessage(refused.Message);
            trail.Refuse(refused.Message);
        }
    }

    // Values come back when an extension writes them; prompts come back, but for further lines of a negative prompt that begin like one.
    private static void WriteAgain(InfotextDocument document)
    {
        var values = document.Fields.Where(field => field.Value.Length > 0).Take(MostWritten)
            .Select((field, i) => new KeyValuePair<string, InfotextValue?>($"ext/a/k{i}", field.Value)).ToList();
        var again = InfotextReader.Read(InfotextWriter.Write(new InfotextParameters
        {
            Prompt = document.Prompt,
            NegativePrompt = document.NegativePrompt,
            Steps = 20,
            Sampler = "DDIM",
            CfgScale = 5.0,
            Seed = 7,
            Width = 128,
            Height = 64,
            Extra = values,
        }));
        Promise.Keep(
            values.Select(pair => pair.Value.ToString()).SequenceEqual(
                again.Fields.Where(field => field.Key.StartsWith("ext/", StringComparison.Ordinal)).Select(field => field.Value)),
            "A value that was written is not read.");
        if (!document.NegativePrompt.Contains("\n" + Negative, StringComparison.Ordinal))
        {
            Promise.Keep(
                (document.Prompt, document.NegativePrompt) == (again.Prompt, again.NegativePrompt), "A prompt that was written is not read.");
        }
    }
}
