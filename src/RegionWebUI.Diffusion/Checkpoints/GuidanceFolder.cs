using System.Text.Json;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>
/// A network that steers and does not draw, in transformers' layout: a folder of config.json, weights, and for networks that see pictures
/// preprocessor_config.json.
/// </summary>
internal sealed class GuidanceFolder
{
    private GuidanceFolder(string name, JsonElement config, JsonElement? preprocessor, WeightSet weights) =>
        (Name, Config, Preprocessor, Weights) = (name, config, preprocessor, weights);

    /// <summary>Name in messages.</summary>
    public string Name { get; }

    /// <summary>config.json.</summary>
    public JsonElement Config { get; }

    /// <summary>preprocessor_config.json; null where there is none.</summary>
    public JsonElement? Preprocessor { get; }

    /// <summary>The weights.</summary>
    public WeightSet Weights { get; }

    /// <summary>Opens a folder beside a model's other parts; null where there is none.</summary>
    /// <param name="model">Full path of the model's folder.</param>
    /// <param name="part">Name of the part's folder.</param>
    /// <param name="file">Usual name of its weights, without ending.</param>
    /// <exception cref="ModelException">It is half there, damaged or made of pickles.</exception>
    public static GuidanceFolder? Open(string model, string part, string file)
    {
        var folder = Path.Combine(model, part);
        if (!File.Exists(Path.Combine(folder, "config.json")))
        {
            return null;
        }

        var name = Path.GetFileName(model);
        var weights = new WeightFiles(model, name, part, file);
        if (!weights.Found)
        {
            throw new ModelException($"The model '{name}' is half there: {weights.Usual} is missing.");
        }

        return new GuidanceFolder(part, Read("config.json")!.Value, Read("preprocessor_config.json"), weights.Open());

        JsonElement? Read(string json)
        {
            var path = Path.Combine(folder, json);
            return File.Exists(path) ? StrictJson.ReadObject(path, $"{name}/{part}/{json}") : null;
        }
    }
}
