using System.Globalization;
using System.Text;

namespace RegionWebUI.Imaging.Infotext;

/// <summary>
/// Finds the keys and values in the last line of an infotext as A1111 v1.10.1 finds them, in one pass. A key is a word character and at
/// least one more of word characters, spaces, <c>-</c> and <c>/</c>, up to a colon; whatever else stands there is passed over. A value
/// is a quoted string that a comma or the end follows, or else everything up to the next comma.
/// </summary>
internal static class InfotextFieldScanner
{
    /// <summary>All keys with their values as they stand there, quoted or not.</summary>
    public static List<KeyValuePair<string, string>> Scan(string line)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var at = 0;
        while (at < line.Length)
        {
            if (!PythonText.IsWord(PythonText.RuneAt(line, at, out var first)))
            {
                at += first;
                continue;
            }

            // No other key can start before keyEnd: it would end at the same place, and be shorter.
            var keyEnd = KeyEnd(line, at + first);
            if (keyEnd == at + first || keyEnd == line.Length || line[keyEnd] != ':')
            {
                at = keyEnd;
                continue;
            }

            var start = PythonText.SkipSpace(line, keyEnd + 1);
            var end = ValueEnd(line, start);
            fields.Add(new(line[at..keyEnd], line[start..end]));
            at = end + 1;
        }

        return fields;
    }

    /// <summary>A value as it was before quoting; a text that is no JSON string stays as it is.</summary>
    public static string Unquote(string value) =>
        value.StartsWith('"') && value.EndsWith('"') && Decode(value) is { } decoded ? decoded : value;

    private static int KeyEnd(string line, int at)
    {
        while (at < line.Length)
        {
            var rune = PythonText.RuneAt(line, at, out var length);
            if (rune.Value is not (' ' or '-' or '/') && !PythonText.IsWord(rune))
            {
                break;
            }

            at += length;
        }

        return at;
    }

    private static int ValueEnd(string line, int start)
    {
        var quoted = QuotedEnd(line, start);
        if (quoted >= 0 && (quoted == line.Length || line[quoted] == ','))
        {
            return quoted;
        }

        var comma = line.IndexOf(',', start);
        return comma < 0 ? line.Length : comma;
    }

    // Never passes the opening quote of a later value, as a colon or white space stands before that one, not a backslash; so all
    // calls on a line together take time in proportion to its length.
    private static int QuotedEnd(string line, int start)
    {
        if (start == line.Length || line[start] != '"')
        {
            return -1;
        }

        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '"')
            {
                return i > start + 1 ? i + 1 : -1;
            }
        }

        return -1;
    }

    private static string? Decode(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var i = 1; i < json.Length; i++)
        {
            switch (json[i])
            {
                case '"':
                    return i == json.Length - 1 ? text.ToString() : null;
                case < ' ':
                    return null;
                case '\\':
                    if (Escaped(json.AsSpan(i + 1), out var length) is not { } escaped)
                    {
                        return null;
                    }

                    text.Append(escaped);
                    i += length;
                    break;
                default:
                    text.Append(json[i]);
                    break;
            }
        }

        return null;
    }

    private static char? Escaped(ReadOnlySpan<char> after, out int length)
    {
        length = 1;
        switch (after.IsEmpty ? '\0' : after[0])
        {
            case '"' or '\\' or '/':
                return after[0];
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when after.Length >= 5
                && ushort.TryParse(after[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                length = 5;
                return (char)code;
            default:
                return null;
        }
    }
}
