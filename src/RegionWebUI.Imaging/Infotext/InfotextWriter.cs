using System.Globalization;
using System.Text;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>Writes the text that A1111 v1.10.1 puts into its pictures, character for character.</summary>
public static class InfotextWriter
{
    /// <summary>Assembles prompt, negative prompt and the line of keys.</summary>
    /// <param name="parameters">How the picture was made.</param>
    /// <returns>The text, without white space at either end.</returns>
    public static string Write(InfotextParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var text = new StringBuilder(parameters.Prompt);
        if (parameters.NegativePrompt.Length > 0)
        {
            text.Append("\nNegative prompt: ").Append(parameters.NegativePrompt);
        }

        text.Append('\n').AppendJoin(", ", FieldsOf(parameters).Where(f => f.Value is not null).Select(Print));
        return PythonText.Strip(text.ToString()).ToString();
    }

    /// <summary>A value as it stands in the line of keys: as a JSON string when a comma, a colon or a line feed would tear it apart.</summary>
    internal static string Quote(string value) => value.AsSpan().ContainsAny(",:\n") ? Quoted(value) : value;

    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"", value.Length + 8);
        foreach (var c in value)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static OrderedDictionary<string, InfotextValue?> FieldsOf(InfotextParameters parameters)
    {
        var fields = new OrderedDictionary<string, InfotextValue?>();
        foreach (var key in InfotextKeys.Order)
        {
            fields[key] = null;
        }

        fields[InfotextKeys.Steps] = parameters.Steps;
        fields[InfotextKeys.Sampler] = parameters.Sampler;
        fields[InfotextKeys.ScheduleType] = Optional(parameters.ScheduleType);
        fields[InfotextKeys.CfgScale] = parameters.CfgScale;
        fields[InfotextKeys.Seed] = parameters.Seed;
        fields[InfotextKeys.Size] = $"{parameters.Width}x{parameters.Height}";
        fields[InfotextKeys.ModelHash] = Optional(parameters.ModelHash);
        fields[InfotextKeys.Model] = Optional(parameters.Model);
        fields[InfotextKeys.Rng] = Optional(parameters.Rng);
        foreach (var (key, value) in parameters.Extra)
        {
            fields[key] = value;
        }

        fields[InfotextKeys.Version] = Optional(parameters.Version);
        fields[InfotextKeys.User] = Optional(parameters.User);
        return fields;
    }

    private static InfotextValue? Optional(string? text) => text is null ? default(InfotextValue?) : InfotextValue.FromText(text);

    // Extensions' values come back as they were: A1111's reader takes a quoted value anywhere, though its writer would not quote these.
    private static bool IsFragile(string key, string text) =>
        text.Length > 0 && (text == key || text[0] == '"' || PythonText.IsSpace(text[0]) || PythonText.IsSpace(text[^1]));

    private static string Print(KeyValuePair<string, InfotextValue?> field)
    {
        var value = field.Value.GetValueOrDefault();
        var text = value.ToString();
        if (field.Key.StartsWith(InfotextKeys.ExtensionPrefix, StringComparison.Ordinal))
        {
            return $"{field.Key}: {(IsFragile(field.Key, text) ? Quoted(text) : Quote(text))}";
        }

        return value.IsText && text == field.Key ? field.Key : $"{field.Key}: {Quote(text)}";
    }
}
