using System.Text;
using System.Text.Json;
using RegionWebUI.Diffusion.Checkpoints;

namespace RegionWebUI.Diffusion.Text;

/// <summary>The files of a tokenizer folder, read and checked: whatever passes here cannot fail later.</summary>
internal sealed class TokenizerFiles
{
    /// <summary>Marks a symbol at the end of a word.</summary>
    public const string EndOfWord = "</w>";

    private const int HighestId = 1 << 24;
    private const string Start = "<|startoftext|>";
    private const string End = "<|endoftext|>";

    private readonly string _name;

    private TokenizerFiles(string name) => _name = name;

    /// <summary>Ids by symbol: bytes in GPT-2's alphabet of 256 printable characters.</summary>
    public Dictionary<string, int> Vocabulary { get; } = new(StringComparer.Ordinal);

    /// <summary>Pairs to merge, first things first, each as "left right".</summary>
    public List<string> Merges { get; } = [];

    /// <summary>Token before every chunk.</summary>
    public string Bos { get; private set; } = Start;

    /// <summary>Token after every chunk.</summary>
    public string Eos { get; private set; } = End;

    /// <summary>Token that fills a chunk.</summary>
    public string Pad { get; private set; } = End;

    /// <summary>Tokens of a chunk, start and end included.</summary>
    public int ModelMaxLength { get; private set; } = 77;

    /// <summary>How words are cut.</summary>
    public WordPattern Pattern { get; private set; } = WordPattern.Clip;

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">Holds vocab.json and merges.txt, and perhaps tokenizer_config.json and special_tokens_map.json.</param>
    /// <exception cref="ModelException">A file is missing or damaged; the message says which, in one sentence.</exception>
    public static TokenizerFiles Read(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var files = new TokenizerFiles(Path.GetFileName(full));
        files.ReadVocabulary(Path.Combine(full, "vocab.json"));
        files.ReadMerges(Path.Combine(full, "merges.txt"));
        files.ReadSettings(full);
        return files;
    }

    /// <summary>Symbols of the bytes 0 to 255 in GPT-2's alphabet: printable Latin-1 as it is, the other 68 from U+0100 up.</summary>
    public static IEnumerable<string> ByteSymbols()
    {
        var next = 0x100;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            yield return ((char)(printable ? value : next++)).ToString();
        }
    }

    private void ReadVocabulary(string path)
    {
        var display = $"{_name}/vocab.json";
        var ids = new HashSet<int>();
        foreach (var entry in Properties(StrictJson.ReadObject(path, display), display))
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id) || id is < 0 or > HighestId)
            {
                throw Damaged(display, $"the id of {UntrustedText.Quote(entry.Key)} is not a whole number of 0 to {HighestId}");
            }

            if (!ids.Add(id))
            {
                throw Damaged(display, $"the id {id} occurs twice");
            }

            Vocabulary.Add(entry.Key, id);
        }

        foreach (var symbol in ByteSymbols())
        {
            if (!Vocabulary.ContainsKey(symbol) || !Vocabulary.ContainsKey(symbol + EndOfWord))
            {
                throw Damaged(display, $"the byte symbol '{symbol}' is missing, alone or with {EndOfWord}");
            }
        }
    }

    // Names that are no valid Unicode make the reader of a property throw.
    private static List<KeyValuePair<string, JsonElement>> Properties(JsonElement owner, string display)
    {
        try
        {
            return [.. owner.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, entry.Value))];
        }
        catch (InvalidOperationException error)
        {
            throw new ModelException($"The file '{display}' is damaged: a name in it is not valid Unicode.", error);
        }
    }

    private void ReadMerges(string path)
    {
        var display = $"{_name}/merges.txt";
        var lines = Encoding.UTF8.GetString(StrictJson.ReadBytes(path, display)).Split('\n');
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || (i == 0 && line.StartsWith("#version", StringComparison.Ordinal)))
            {
                continue;
            }

            var space = line.IndexOf(' ');
            if (space <= 0 || space == line.Length - 1 || line.IndexOf(' ', space + 1) >= 0)
            {
                throw Damaged(display, $"line {i + 1} is not two symbols with one space between them");
            }

            var (left, right) = (line[..space], line[(space + 1)..]);
            if (!Vocabulary.ContainsKey(left) || !Vocabulary.ContainsKey(right) || !Vocabulary.ContainsKey(left + right))
            {
                throw Damaged(display, $"line {i + 1} merges symbols that vocab.json lacks");
            }

            if (left.EndsWith(EndOfWord, StringComparison.Ordinal))
            {
                throw Damaged(display, $"line {i + 1} goes on after the end of a word");
            }

            if (!seen.Add(line))
            {
                throw Damaged(display, $"line {i + 1} repeats an earlier one");
            }

            Merges.Add(line);
        }
    }

    private void ReadSettings(string folder)
    {
        var config = Optional(folder, "tokenizer_config.json");
        var map = Optional(folder, "special_tokens_map.json");

        // As in transformers: the map wins over an old configuration (SD 2.x pads with "!" by it), and is not read beside a new one.
        var first = config is { } read && read.TryGetProperty("added_tokens_decoder", out _) ? null : map;
        Bos = Token(first, config, "bos_token") ?? Start;
        Eos = Token(first, config, "eos_token") ?? End;
        Pad = Token(first, config, "pad_token") ?? End;
        if (config is not { } settings)
        {
            return;
        }

        var display = $"{_name}/tokenizer_config.json";
        if (settings.TryGetProperty("regionwebui_pattern", out _))
        {
            var pattern = StrictJson.Text(settings, "regionwebui_pattern");
            Pattern = pattern == "pocket"
                ? WordPattern.Pocket
                : throw Damaged(display, $"its regionwebui_pattern {UntrustedText.Quote(pattern ?? "")} is not 'pocket'");
        }

        if (settings.TryGetProperty("model_max_length", out var length) && length.ValueKind != JsonValueKind.Null)
        {
            ModelMaxLength = MaxLength(length, display);
        }
    }

    // Where a configuration means "no limit" it holds 1e30; the text encoders here have 77 positions.
    private int MaxLength(JsonElement length, string display)
    {
        if (length.ValueKind != JsonValueKind.Number || !length.TryGetDouble(out var value) || !(value >= 3) || value != Math.Floor(value))
        {
            throw Damaged(display, "its model_max_length is not a whole number of 3 or more");
        }

        return value <= 4096 ? (int)value : ModelMaxLength;
    }

    private JsonElement? Optional(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? StrictJson.ReadObject(path, $"{_name}/{file}") : null;
    }

    private string? Token(JsonElement? first, JsonElement? second, string key)
    {
        var token = Token(first, key) ?? Token(second, key);
        return token is null || Vocabulary.ContainsKey(token)
            ? token
            : throw new ModelException($"The tokenizer '{_name}' names the {key} {UntrustedText.Quote(token)}, which vocab.json lacks.");
    }

    // A token is given as text, or as an object with its text in "content".
    private static string? Token(JsonElement? owner, string key)
    {
        if (owner is not { } settings || !settings.TryGetProperty(key, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object ? StrictJson.Text(value, "content") : StrictJson.Text(settings, key);
    }

    private static ModelException Damaged(string file, string reason) => new($"The file '{file}' is damaged: {reason}.");
}
