using System.Text.Json;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.TestKit;

namespace RegionWebUI.Imaging.Tests.Infotext;

[Trait("Category", "Fixture")]
public class InfotextReadFixtureTests
{
    private const string Styles = "Styles array";

    private static readonly FixtureFile _file = Fixtures.Open("infotext.json");

    [Fact]
    public void Read_EveryRow_EqualsA1111()
    {
        var rows = _file.Json.GetProperty("read");
        RunAll(rows, row =>
        {
            var document = InfotextReader.Read(row.GetProperty("text").GetString()!);
            Assert.Equal(Skipped(row), document.Skipped.Select(key => $"Error parsing \"{key}: \""));
            if (row.TryGetProperty("error", out _))
            {
                Assert.Throws<FormatException>(() => InfotextPaste.Paste(document));
            }
            else
            {
                AssertPasted(row, InfotextPaste.Paste(document));
            }
        });
    }

    [Fact]
    public void ReadSkip_EveryRow_EqualsA1111() => RunAll(_file.Json.GetProperty("read_skip"), row =>
    {
        var skip = row.GetProperty("infotext_skip_pasting").EnumerateArray().Select(key => key.GetString()!);
        AssertPasted(row, Paste(row, new InfotextPasteOptions { Skip = [.. skip] }));
    });

    [Fact]
    public void ReadStyles_EveryRow_EqualsA1111()
    {
        var styles = _file.Json.GetProperty("read_styles").GetProperty("styles").EnumerateArray().Select(style => new PromptStyle(
            style.GetProperty("name").GetString()!, style.GetProperty("prompt").GetString()!, style.GetProperty("negative_prompt").GetString()!));
        RunAll(_file.Json.GetProperty("read_styles").GetProperty("cases"), row =>
        {
            var pasting = row.GetProperty("infotext_styles").GetString()!.Replace(" ", "", StringComparison.Ordinal);
            var options = new InfotextPasteOptions { Styles = [.. styles], StylePasting = Enum.Parse<StylePasting>(pasting, ignoreCase: true) };
            AssertPasted(row, Paste(row, options));
        });
    }

    [Fact]
    public void Unquote_EveryRow_EqualsA1111() => RunAll(
        _file.Json.GetProperty("unquote"),
        row => Assert.Equal(row[1].GetString(), InfotextFieldScanner.Unquote(row[0].GetString()!)));

    private static void RunAll(JsonElement rows, Action<JsonElement> run)
    {
        var done = 0;
        foreach (var row in rows.EnumerateArray())
        {
            run(row);
            done++;
        }

        TestContext.Current.SendDiagnosticMessage($"{done} of {rows.GetArrayLength()} rows ran.");
        Assert.True(done == rows.GetArrayLength() && done > 0);
    }

    private static PastedInfotext Paste(JsonElement row, InfotextPasteOptions options) =>
        InfotextPaste.Paste(InfotextReader.Read(row.GetProperty("text").GetString()!), options);

    private static void AssertPasted(JsonElement row, PastedInfotext pasted)
    {
        var expected = row.GetProperty("result").EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Array)
            .ToDictionary(p => p.Name, p => GivenRow.Value(p.Value)!.Value);
        Assert.Equal(Sorted(expected), Sorted(pasted.Values));
        var styles = row.GetProperty("result").TryGetProperty(Styles, out var found) && found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray().Select(name => name.GetString()!).ToArray()
            : null;
        Assert.Equal(styles, pasted.Styles?.ToArray());
    }

    private static IEnumerable<KeyValuePair<string, InfotextValue>> Sorted(IReadOnlyDictionary<string, InfotextValue> values) =>
        values.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static IEnumerable<string> Skipped(JsonElement row) =>
        row.TryGetProperty("skipped", out var skipped) ? skipped.EnumerateArray().Select(line => line.GetString()!) : [];
}
