using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RegionWebUI.Host.Models;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Commands;

/// <summary><c>model list</c>: what can be given to --model.</summary>
internal static class ModelCommand
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command with its verbs.</summary>
    public static Command Create(ProgramParts parts)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON object to standard output." };
        var list = new Command("list", "List the models on this machine.") { json };
        list.SetAction((parsed, cancellation) =>
            Guard.RunAsync(parts, () => Task.FromResult(List(parts, parsed.GetValue(json))), cancellation));
        return new Command("model", "Look after models.") { list };
    }

    private static int List(ProgramParts parts, bool json)
    {
        var models = parts.Models(DataFolder.Locate(null, parts.Environment)).List();
        if (json)
        {
            parts.Out.WriteLine(JsonSerializer.Serialize(new { models }, _json));
            return ExitCode.Ok;
        }

        if (models.Count == 0)
        {
            parts.Error.WriteLine("No model was found.");
        }

        var nameWidth = models.Select(m => m.Name.Length).DefaultIfEmpty().Max();
        var kindWidth = models.Select(m => m.Kind.Length).DefaultIfEmpty().Max();
        foreach (var model in models)
        {
            parts.Out.WriteLine($"{model.Name.PadRight(nameWidth)}  {model.Kind.PadRight(kindWidth)}  {Size(model),9}  {model.Path}");
        }

        foreach (var problem in models.Select(m => m.Problem).OfType<string>())
        {
            parts.Error.WriteLine(problem);
        }

        return ExitCode.Ok;
    }

    private static string Size(ModelEntry model) => string.Create(CultureInfo.InvariantCulture, $"{model.Bytes / 1e6:0.0} MB");
}
