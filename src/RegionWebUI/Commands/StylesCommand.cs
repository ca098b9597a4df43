using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Commands;

/// <summary><c>styles list</c>: what can be given to --style.</summary>
internal static class StylesCommand
{
    private const int LongestShown = 80;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command with its verbs.</summary>
    public static Command Create(ProgramParts parts)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON object to standard output." };
        var dataDir = ExtensionOptions.DataDir();
        var list = new Command("list", "List the styles in the data folder.") { dataDir, json };
        list.SetAction((parsed, cancellation) => Guard.RunAsync(
            parts,
            () => Task.FromResult(List(parts, DataFolder.Locate(parsed.GetValue(dataDir), parts.Environment), parsed.GetValue(json))),
            cancellation));
        return new Command("styles", "Look after styles: named additions to prompts.") { list };
    }

    private static int List(ProgramParts parts, DataFolder data, bool json)
    {
        var shelf = parts.Styles(data);
        if (json)
        {
            parts.Out.WriteLine(JsonSerializer.Serialize(new { styles = shelf.Styles }, _json));
            return ExitCode.Ok;
        }

        if (shelf.Styles.Count == 0)
        {
            parts.Error.WriteLine("There is no style.");
        }

        var width = shelf.Styles.Select(s => s.Name.Length).DefaultIfEmpty().Max();
        foreach (var style in shelf.Styles)
        {
            var negative = style.NegativePrompt.Length > 0 ? $"  --negative {OneLine.Of(style.NegativePrompt)}" : "";
            var text = OneLine.Of(style.Prompt) + negative;
            parts.Out.WriteLine($"{style.Name.PadRight(width)}  {(text.Length > LongestShown ? text[..LongestShown] + "..." : text)}".TrimEnd());
        }

        return ExitCode.Ok;
    }
}
