using System.Text.Json;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>
/// A model folder in the diffusers layout, every part of it found and checked: model_index.json, tokenizer/, text_encoder/, unet/, vae/, scheduler/.
/// Pickles (.ckpt, .bin, .pt) are never opened.
/// </summary>
internal sealed class DiffusersFolder
{
    private const string Index = "model_index.json";

    private static readonly string[] _needed =
    [
        "tokenizer/vocab.json", "tokenizer/merges.txt", "text_encoder/config.json", "unet/config.json", "vae/config.json",
        "scheduler/scheduler_config.json",
    ];

    private DiffusersFolder(string path, string name)
    {
        Path = path;
        Name = name;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Name of the folder: the model's name in lists and in the infotext.</summary>
    public string Name { get; }

    /// <summary>Folder of vocab.json and merges.txt.</summary>
    public string TokenizerPath => System.IO.Path.Combine(Path, "tokenizer");

    /// <summary>text_encoder/config.json.</summary>
    public JsonElement TextEncoderConfig { get; private init; }

    /// <summary>unet/config.json.</summary>
    public JsonElement UnetConfig { get; private init; }

    /// <summary>vae/config.json.</summary>
    public JsonElement VaeConfig { get; private init; }

    /// <summary>scheduler/scheduler_config.json.</summary>
    public JsonElement SchedulerConfig { get; private init; }

    /// <summary>Weights of the text encoder.</summary>
    public required WeightSet TextEncoder { get; init; }

    /// <summary>Weights of the UNet.</summary>
    public required WeightSet Unet { get; init; }

    /// <summary>Weights of the VAE.</summary>
    public required WeightSet Vae { get; init; }

    /// <summary>The infotext's "Model hash": first 10 hex digits of the SHA-256 of the UNet's weights. Computed once, at the first call.</summary>
    /// <exception cref="ModelException">A file cannot be read.</exception>
    public string ModelHash(CancellationToken cancellationToken = default) => Unet.ShortHash(cancellationToken);

    /// <summary>Opens a model folder and checks all of it but the values of the weights.</summary>
    /// <param name="path">The folder that holds model_index.json.</param>
    /// <exception cref="ModelException">
    /// It is missing, half there, damaged, of an unsupported kind, or made of pickles; the message says which, in one sentence.
    /// </exception>
    public static DiffusersFolder Open(string path)
    {
        var full = FullPath(path);
        var name = System.IO.Path.GetFileName(full) is { Length: > 0 } last ? last : full;
        var index = StrictJson.ReadObject(System.IO.Path.Combine(full, Index), Display(name, Index));
        RefuseOtherKinds(name, index);

        var textEncoder = new WeightFiles(full, name, "text_encoder", "model");
        var unet = new WeightFiles(full, name, "unet", "diffusion_pytorch_model");
        var vae = new WeightFiles(full, name, "vae", "diffusion_pytorch_model");
        RefuseHalfAModel(full, name, [textEncoder, unet, vae]);
        return new DiffusersFolder(full, name)
        {
            TextEncoderConfig = Config("text_encoder/config.json"),
            UnetConfig = Config("unet/config.json"),
            VaeConfig = Config("vae/config.json"),
            SchedulerConfig = Config("scheduler/scheduler_config.json"),
            TextEncoder = textEncoder.Open(),
            Unet = unet.Open(),
            Vae = vae.Open(),
        };

        JsonElement Config(string part) => StrictJson.ReadObject(System.IO.Path.Combine(full, part), Display(name, part));
    }

    /// <summary>The tokenizer's folder of a model folder, of which nothing else is looked at.</summary>
    /// <param name="path">The folder that holds model_index.json.</param>
    /// <exception cref="ModelException">It is missing or no model; the message says which, in one sentence.</exception>
    public static string TokenizerFolder(string path) => System.IO.Path.Combine(FullPath(path), "tokenizer");

    private static string FullPath(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ModelException($"The model folder {UntrustedText.Quote(path)} does not exist.");
        }

        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        RefuseWhatIsNoModel(path, full);
        return full;
    }

    private static string Display(string model, string part) => $"{model}/{part}";

    private static void RefuseWhatIsNoModel(string path, string full)
    {
        if (File.Exists(full))
        {
            throw new ModelException(WeightFiles.IsPickle(full)
                ? $"The model '{path}' is a pickle, which can run code when it is opened: convert it to a diffusers folder with safetensors weights."
                : $"The model '{path}' is a file: give the folder in the diffusers layout that holds {Index}.");
        }

        if (!Directory.Exists(full))
        {
            throw new ModelException($"The model folder '{path}' does not exist.");
        }

        if (File.Exists(System.IO.Path.Combine(full, Index)))
        {
            return;
        }

        var pickle = WeightFiles.FirstPickle(full);
        throw new ModelException(pickle is null
            ? $"The folder '{path}' is no model in the diffusers layout: {Index} is missing."
            : $"The folder '{path}' has no {Index}, only the pickle {pickle}, which can run code when it is opened: "
              + "convert it to a diffusers folder with safetensors weights.");
    }

    private static void RefuseOtherKinds(string name, JsonElement index)
    {
        var kind = StrictJson.Text(index, "_class_name") ?? "pipeline without a name";
        if (!Lists(index, "unet"))
        {
            throw new ModelException(
                $"The model '{name}' is a {kind}, which has no UNet: only Stable Diffusion models (1.x, 2.x) can be run.");
        }

        if (Lists(index, "text_encoder_2"))
        {
            throw new ModelException(
                $"The model '{name}' is a {kind} with two text encoders: only models with one (Stable Diffusion 1.x, 2.x) can be run.");
        }
    }

    // A part that a pipeline does without is absent, null or [null, null].
    private static bool Lists(JsonElement index, string part) =>
        index.TryGetProperty(part, out var entry)
        && entry.ValueKind == JsonValueKind.Array
        && entry.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String);

    private static void RefuseHalfAModel(string full, string name, WeightFiles[] networks)
    {
        if (networks.FirstOrDefault(network => !network.Found && network.Pickle is not null) is { } pickled)
        {
            throw new ModelException(
                $"The weights {pickled.Pickle} of the model '{name}' are a pickle, which can run code when opened: convert them to safetensors.");
        }

        var missing = _needed
            .Where(part => !File.Exists(System.IO.Path.Combine(full, part)))
            .Concat(networks.Where(network => !network.Found).Select(network => network.Usual))
            .ToArray();
        if (missing.Length > 0)
        {
            var listed = missing.Length == 1 ? missing[0] : $"{string.Join(", ", missing[..^1])} and {missing[^1]}";
            throw new ModelException($"The model '{name}' is half there: {listed} {(missing.Length == 1 ? "is" : "are")} missing.");
        }
    }
}
