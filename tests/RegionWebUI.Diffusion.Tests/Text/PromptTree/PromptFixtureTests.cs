using System.Text.Json;
using System.Text.Json.Nodes;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Text.PromptTree;

[Trait("Category", "Fixture")]
public sealed class PromptFixtureTests
{
    private const double WeightTolerance = 1e-12;
    private const int Calls = 12;

    private static readonly PromptOptions _whole = new(Comments: false, NetworkTags: false, And: false);
    private static readonly PromptOptions _parted = _whole with { And = true };
    private static readonly FixtureFile _file = Fixtures.Open("prompts.json");

    private static int Promised => _file.Json.GetProperty("meta").GetProperty("prompts").GetInt32();

    [Fact]
    public void Attention_EveryPrompt_GivesTheSameStretches() => Every(
        test => test.GetProperty("attention"),
        (prompt, expected) => Same(expected, () => Fragments(SourcedText.Of(prompt))));

    [Fact]
    public void SubPrompts_EveryPrompt_AreTheSame() => Every(
        test => test.GetProperty("and"),
        (prompt, expected) => Same(expected, () =>
        {
            var syntax = PromptSyntax.Parse(prompt, _parted);
            var parts = syntax.SubPrompts.Select(sub => new JsonObject { ["text"] = syntax.TextOf(sub).Text, ["weight"] = sub.Weight });
            return new JsonArray([.. parts]);
        }));

    [Fact]
    public void Schedules_EveryPromptAndSetting_GiveOneOfTheAcceptedOutcomes() => Every(
        test => test,
        (prompt, test) => Accepted(test).Any(outcome => Settings().All(setting =>
            Same(outcome.GetProperty("schedules").GetProperty(setting.Name), () => Schedule(prompt, setting.Value))
            && (setting.Name != "10" || !outcome.TryGetProperty("active", out var active) || Active(prompt, setting.Value, active)))));

    [Fact]
    public void Composed_EveryPrompt_GivesOneOfTheAcceptedOutcomes() => Every(
        test => test,
        (prompt, test) => Accepted(test).Any(outcome => Same(outcome.GetProperty("composed"), () => Composed(prompt))));

    [Fact]
    public void NetworkTags_EveryPromptWithThem_AreTakenOut() => Only(
        "extra_networks",
        (prompt, expected) =>
        {
            var syntax = PromptSyntax.Parse(prompt, _whole with { NetworkTags = true });
            var tags = syntax.NetworkTags.Select(tag => new JsonObject
            {
                ["name"] = tag.Name,
                ["items"] = new JsonArray([.. tag.Items.Select(item => JsonValue.Create(item))]),
            });
            return Same(expected, () => new JsonObject { ["text"] = syntax.Clean.Text, ["tags"] = new JsonArray([.. tags]) });
        });

    [Fact]
    public void Comments_EveryPromptWithThem_AreTakenOut() => Only(
        "comments_removed",
        (prompt, expected) => Same(expected, () => JsonValue.Create(PromptSyntax.Parse(prompt, _whole with { Comments = true }).Clean.Text)));

    private static void Every(Func<JsonElement, JsonElement> expected, Func<string, JsonElement, bool> holds)
    {
        var cases = _file.Cases;
        Assert.Equal(Promised, cases.Count);
        var wrong = cases.Where(test => !holds(test.GetProperty("prompt").GetString()!, expected(test))).ToList();
        Assert.Empty(wrong.Select(test => test.GetProperty("prompt")));
    }

    private static void Only(string key, Func<string, JsonElement, bool> holds)
    {
        var cases = _file.Cases.Where(test => test.TryGetProperty(key, out _)).ToList();
        Assert.NotEmpty(cases);
        var wrong = cases.Where(test => !holds(test.GetProperty("prompt").GetString()!, test.GetProperty(key)));
        Assert.Empty(wrong.Select(test => test.GetProperty("prompt")));
    }

    private static List<JsonElement> Accepted(JsonElement test) =>
        test.TryGetProperty("accept", out var outcomes) ? [.. outcomes.EnumerateArray()] : [test];

    private static IEnumerable<(string Name, ScheduleSettings Value)> Settings() =>
        _file.Json.GetProperty("meta").GetProperty("configs").EnumerateObject().Select(setting =>
        {
            var hires = setting.Value.GetProperty("hires_steps");
            return (setting.Name, new ScheduleSettings(
                setting.Value.GetProperty("steps").GetInt32(),
                hires.ValueKind == JsonValueKind.Null ? null : hires.GetInt32(),
                setting.Value.GetProperty("use_old_scheduling").GetBoolean()));
        });

    private static PromptSchedule ScheduleOf(string prompt, ScheduleSettings settings)
    {
        var syntax = PromptSyntax.Parse(prompt, _whole);
        return syntax.ScheduleOf(Assert.Single(syntax.SubPrompts), settings);
    }

    private static JsonArray Schedule(string prompt, ScheduleSettings settings) =>
        new([.. ScheduleOf(prompt, settings).Entries.Select(entry => new JsonArray(entry.LastStep, entry.Text.Text))]);

    private static bool Active(string prompt, ScheduleSettings settings, JsonElement active)
    {
        var schedule = ScheduleOf(prompt, settings);
        return active.GetArrayLength() == Calls && active.EnumerateArray().Select(index => index.GetInt32())
            .SequenceEqual(Enumerable.Range(0, Calls).Select(schedule.IndexAt));
    }

    private static JsonArray Composed(string prompt)
    {
        var syntax = PromptSyntax.Parse(prompt, _parted);
        var settings = new ScheduleSettings(10);
        return new([.. syntax.SubPrompts.Select(sub => new JsonObject
        {
            ["weight"] = sub.Weight,
            ["entries"] = OrError(() => new JsonArray([.. syntax.ScheduleOf(sub, settings).Entries.Select(entry => new JsonObject
            {
                ["until"] = entry.LastStep,
                ["fragments"] = OrError(() => Fragments(entry.Text)),
            })])),
        })]);
    }

    private static JsonArray Fragments(SourcedText text) =>
        new([.. AttentionReader.Read(text).Select(part => new JsonArray(part.Text.Text, part.Weight))]);

    private static JsonNode? OrError(Func<JsonNode?> make)
    {
        try
        {
            return make();
        }
        catch (PromptException)
        {
            return new JsonObject { ["error"] = "any" };
        }
    }

    private static bool Same(JsonElement expected, Func<JsonNode?> actual) => Same(expected, OrError(actual));

    private static bool Same(JsonElement expected, JsonNode? actual) => (expected.ValueKind, actual) switch
    {
        (JsonValueKind.Object, JsonObject found) when expected.TryGetProperty("error", out _) => found.ContainsKey("error"),
        (JsonValueKind.Object, JsonObject found) =>
            expected.EnumerateObject().All(entry => found.ContainsKey(entry.Name) && Same(entry.Value, found[entry.Name])),
        (JsonValueKind.Array, JsonArray found) =>
            found.Count == expected.GetArrayLength() && expected.EnumerateArray().Zip(found).All(pair => Same(pair.First, pair.Second)),
        (JsonValueKind.String, JsonValue found) => found.GetValueKind() == JsonValueKind.String && found.GetValue<string>() == expected.GetString(),
        (JsonValueKind.Number, JsonValue found) => found.GetValueKind() == JsonValueKind.Number && Near(expected.GetDouble(), found),
        _ => false,
    };

    private static bool Near(double expected, JsonValue found)
    {
        var value = found.TryGetValue<int>(out var whole) ? whole : found.GetValue<double>();
        return value == expected || Math.Abs(value - expected) <= WeightTolerance * Math.Abs(expected);
    }
}
