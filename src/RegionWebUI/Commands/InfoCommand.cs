using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RegionWebUI.Pictures;

namespace RegionWebUI.Commands;

/// <summary><c>info</c>: kind, size and parameters of a picture file, without decoding a pixel.</summary>
internal static class InfoCommand
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The command with its options.</summary>
    public static Command Create(ProgramParts parts)
    {
        var file = new Argument<string>("FILE") { Description = "PNG, JPEG or WebP file." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object to standard output." };
        var command = new Command("info", "Show what a picture was made with.") { file, json };
        command.SetAction((parsed, cancellation) => Guard.RunAsync(
            parts, () => Task.FromResult(Show(parts, parsed.GetRequiredValue(file), parsed.GetValue(json))), cancellation));
        return command;
    }

    private static int Show(ProgramParts parts, string file, bool json)
    {
        var info = PictureInput.ReadInfo(file, source: null);
        if (json)
        {
            parts.Out.WriteLine(JsonSerializer.Serialize(PictureInfoView.Of(info), _json));
            return ExitCode.Ok;
        }

        parts.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PictureFormats.Title(info.Format)}, {info.Width} x {info.Height}"));
        if (info.Infotext is { } infotext)
        {
            parts.Out.WriteLine(Printable(infotext));
        }
        else
        {
            parts.Error.WriteLine(info.TextProblem ?? $"'{file}' has no generation parameters.");
        }

        return ExitCode.Ok;
    }

    // Files come from strangers, and a terminal obeys control characters; --json has the text letter for letter.
    private static string Printable(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));
}
