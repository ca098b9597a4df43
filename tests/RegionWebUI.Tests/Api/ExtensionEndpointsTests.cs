using System.Net;
using System.Text.Json;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Api;

public sealed class ExtensionEndpointsTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly CancellationToken _end = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_ListsEveryEntryInOrderWithItsParameters()
    {
        app.Catalog.Become(
            FakeCatalog.Mixed("mixed") with { Samplers = [new ExtensionSampler("Third", ["k_third"], 2)] },
            FakeCatalog.Plain("bad", ExtensionState.Broken) with { Name = "", Reason = "The assembly is missing." });
        using var answer = await app.Client.GetAsync("/api/v1/extensions", _end);
        var list = (await Json(answer)).EnumerateArray().ToList();

        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(["mixed on The mixed one", "bad broken bad"], list.Select(e => $"{Text(e, "id")} {Text(e, "state")} {Text(e, "name")}"));
        Assert.Equal("The assembly is missing.", Text(list[1], "reason"));
        Assert.Equal(["[\"Third\"]", "[]"], list.Select(e => e.GetProperty("samplers").GetRawText()));
        var parameters = list[0].GetProperty("parameters").EnumerateArray().ToList();
        Assert.Equal(["words text", "line text", "count whole", "factor real", "axis choice", "hard flag"],
            parameters.Select(p => $"{Text(p, "name")} {Text(p, "kind")}"));
        Assert.Equal(
            """{"name":"count","label":"Count","kind":"whole","help":"How many.","default":2,"minimum":1,"maximum":9,"choices":[]}""",
            parameters[2].GetRawText());
        Assert.Equal(JsonValueKind.Null, parameters[3].GetProperty("minimum").ValueKind);
    }

    [Fact]
    public async Task Post_DisableAndEnable_SwitchesAndAnswersTheNewState()
    {
        app.Catalog.Become(FakeCatalog.Plain("plain"));
        using var off = await app.Client.PostAsync("/api/v1/extensions/plain/disable", null, _end);
        Assert.Equal("off", Text(await Json(off), "state"));
        Assert.Equal(ExtensionState.Off, app.Catalog.Entries[0].State);

        using var on = await app.Client.PostAsync("/api/v1/extensions/plain/enable", null, _end);
        Assert.Equal("on", Text(await Json(on), "state"));
        Assert.Equal(ExtensionState.On, app.Catalog.Entries[0].State);
    }

    [Fact]
    public async Task Post_UnknownId_Answers404WithTheSentence()
    {
        using var answer = await app.Client.PostAsync("/api/v1/extensions/nobody/enable", null, _end);
        var problem = await Json(answer);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(["unknown-extension", "There is no extension 'nobody'."], new[] { "code", "detail" }.Select(name => Text(problem, name)));
    }

    [Fact]
    public async Task Post_SettingsThatCannotBeWritten_SaysSo()
    {
        app.Catalog.Become(FakeCatalog.Plain("plain"));
        app.Catalog.Refusal = new IOException("The disk is full.");
        using var answer = await app.Client.PostAsync("/api/v1/extensions/plain/disable", null, _end);
        var problem = await Json(answer);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(
            ["not-saved", "The change could not be saved (The disk is full)."], new[] { "code", "detail" }.Select(name => Text(problem, name)));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(_end)).RootElement;
}
