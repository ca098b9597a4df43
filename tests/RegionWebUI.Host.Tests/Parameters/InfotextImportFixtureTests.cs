using System.Text.Json;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Parameters;

/// <summary>Infotexts that A1111 v1.10.1 read, and what it put into its form.</summary>
[Trait("Category", "Fixture")]
public sealed class InfotextImportFixtureTests
{
    private static readonly JsonElement _file = Fixtures.Open("infotext.json").Json;

    private static readonly IReadOnlyList<GenerationParameter> _parameters = new GenerationParameters(RequestValidator.Standard).All;

    [Fact]
    public void Apply_EveryRow_FillsTheRequestAsA1111FillsItsForm() => RunAll(_file.GetProperty("read"), row =>
    {
        var text = row.GetProperty("text").GetString()!;
        if (row.TryGetProperty("error", out _))
        {
            Assert.Throws<BadInputException>(() => InfotextImport.Apply(new GenerationRequest(), InfotextReader.Read(text), _parameters));
            return;
        }

        var form = row.GetProperty("result").EnumerateObject().ToDictionary(p => p.Name, p => TextOf(p.Value));
        Assert.True(A1111Form.AssertFilled(text, form) >= 2);
    });

    [Fact]
    public void SamplerName_EveryRow_EqualsA1111() => RunAll(_file.GetProperty("sampler_names"), row =>
    {
        var (sampler, schedule) = (row.GetProperty("sampler").GetString(), row.GetProperty("scheduler").GetString());
        var read = SamplerName.AsA1111(sampler, schedule, row.GetProperty("convert_automatic").GetBoolean());
        Assert.Equal(row.GetProperty("result").EnumerateArray().Select(n => n.GetString()), [read.Sampler, read.Schedule]);
    });

    [Fact]
    public void Apply_EverySamplerName_SetsWhatA1111Sets() => RunAll(_file.GetProperty("sampler_names"), row =>
    {
        var (sampler, schedule) = (row.GetProperty("sampler").GetString(), row.GetProperty("scheduler").GetString());
        var recorded = row.GetProperty("result").EnumerateArray().Select(n => n.GetString()!).ToList();
        if (sampler is null or "" || !row.GetProperty("convert_automatic").GetBoolean())
        {
            // No infotext says these: a form is filled with Automatic for the sampler's own schedule.
            return;
        }

        var schedulePart = schedule is null ? "" : $", Schedule type: {schedule}";
        var document = InfotextReader.Read($"p\nSteps: 20, Sampler: {sampler}{schedulePart}, Seed: 1");
        var import = InfotextImport.Apply(new GenerationRequest(), document, _parameters);

        // An alias, which A1111 does not look for here, is worth more than its stand-in.
        if (SamplerName.Find(sampler, schedule) is { } meant && SamplerName.Apart(sampler, null).Sampler != meant.Sampler)
        {
            Assert.Equal((meant.Sampler, meant.Schedule), (import.Request.Sampler, import.Request.Schedule));
        }
        else
        {
            Assert.Equal((recorded[0], recorded[1]), (import.Request.Sampler, import.Request.Schedule));
            var isStandIn = SamplerName.Apart(sampler, null).Sampler != recorded[0];
            Assert.Equal(isStandIn, import.NotTaken.Any(n => n.StartsWith("Sampler (", StringComparison.Ordinal)));
        }
    });

    [Fact]
    public void Apply_EveryRowWithStyles_TakesThemOutAndStyleTextPutsThemBack()
    {
        var set = _file.GetProperty("read_styles");
        List<PromptStyle> styles = [.. set.GetProperty("styles").EnumerateArray().Select(s => new PromptStyle(
            s.GetProperty("name").GetString()!, s.GetProperty("prompt").GetString()!, s.GetProperty("negative_prompt").GetString()!))];
        RunAll(set.GetProperty("cases"), row =>
        {
            var document = InfotextReader.Read(row.GetProperty("text").GetString()!);
            var import = InfotextImport.Apply(new GenerationRequest(), document, _parameters, styles: styles);
            var result = row.GetProperty("result");
            if (row.GetProperty("infotext_styles").GetString() == "Apply if any")
            {
                var found = result.TryGetProperty("Styles array", out var names) ? names.EnumerateArray().Select(n => n.GetString()!) : [];
                Assert.Equal(found, import.Styles);
                Assert.Equal((TextOf(result.GetProperty("Prompt")), TextOf(result.GetProperty("Negative prompt"))),
                    (import.Request.Prompt, import.Request.NegativePrompt));
            }

            var again = StyleText.Apply(import.Request, [.. import.Styles.Select(name => styles.Find(s => s.Name == name)!)]);
            Assert.Equal((document.Prompt, document.NegativePrompt), (again.Prompt, again.NegativePrompt));
        });
    }

    private static void RunAll(JsonElement rows, Action<JsonElement> run)
    {
        var done = 0;
        foreach (var row in rows.EnumerateArray())
        {
            try
            {
                run(row);
            }
            catch (Exception error)
            {
                var shown = row.GetRawText()[..Math.Min(row.GetRawText().Length, 300)];
                throw new InvalidOperationException($"Row {done}, {shown}: {error.Message}", error);
            }

            done++;
        }

        TestContext.Current.SendDiagnosticMessage($"{done} of {rows.GetArrayLength()} rows ran.");
        Assert.True(done == rows.GetArrayLength() && done > 0);
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.GetRawText(),
    };
}
