using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Api;

public sealed class JobEndpointsTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly CancellationToken _end = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WithoutSeed_QueuesTheRequestWithADrawnSeed()
    {
        using var answer = await app.Client.PostAsJsonAsync("/api/v1/jobs", new { prompt = "a cat", steps = 7, cfgScale = 2.5, width = 192 }, _end);
        var job = await Json(answer);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var queued = app.Queue.Find(job.GetProperty("id").GetGuid())!;
        Assert.Equal(new GenerationRequest { Prompt = "a cat", Steps = 7, CfgScale = 2.5, Width = 192, Seed = RunningApp.DrawnSeed }, queued.Request);
        Assert.Equal("queued", job.GetProperty("state").GetString());
        app.Queue.Interrupt(queued.Id);
    }

    [Theory]
    [InlineData("""{"prompt":"x","colour":"red"}""", 400, "bad-json")]
    [InlineData("""{"prompt":"x","prompt":"y"}""", 400, "bad-json")]
    [InlineData("""{"prompt":null}""", 400, "bad-json")]
    [InlineData("""{"Prompt":"x"}""", 400, "bad-json")]
    [InlineData("""{"cfgScale":NaN}""", 400, "bad-json")]
    [InlineData("""{"steps":"20"}""", 400, "bad-json")]
    [InlineData("""{"steps":2.5}""", 400, "bad-json")]
    [InlineData("null", 400, "bad-json")]
    [InlineData("", 400, "bad-json")]
    [InlineData("""{"steps":0}""", 400, "bad-input")]
    [InlineData("""{"width":100}""", 400, "bad-input")]
    public async Task Post_BadBody_AnswersProblemWithCode(string body, int status, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PostAsync("/api/v1/jobs", content, _end);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (await Json(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_RefusedByTheEngine_NamesTheFieldAndSaysTheSentence()
    {
        app.Queue.Refusal = new BadInputException("CfgScale", "CFG scale 1000 is outside 1..100.");
        using var answer = await app.Client.PostAsJsonAsync("/api/v1/jobs", new { cfgScale = 1000 }, _end);
        var problem = await Json(answer);

        Assert.Equal("cfgScale", problem.GetProperty("field").GetString());
        Assert.Equal("CFG scale 1000 is outside 1..100.", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(12.3, 13)]
    public async Task Post_FullQueue_Answers429AndSaysWhenToTryAgain(double? remaining, int retryAfter)
    {
        var running = app.Queue.Submit(new() { Prompt = "x" });
        app.Queue.Change(running.Id, j => j with { Remaining = remaining is { } seconds ? TimeSpan.FromSeconds(seconds) : null });
        app.Queue.Refusal = new QueueFullException(1000);
        using var answer = await app.Client.PostAsJsonAsync("/api/v1/jobs", new { prompt = "x" }, _end);
        var problem = await Json(answer);
        app.Queue.Interrupt(running.Id);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("queue-full", problem.GetProperty("code").GetString());
        Assert.Contains("1000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(problem.TryGetProperty("field", out _));
        Assert.Equal(TimeSpan.FromSeconds(retryAfter), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Interrupt_WhilePicturesAreKept_SaysSoAndNotThatItEnded()
    {
        var job = app.Queue.Submit(new() { Prompt = "x" });
        app.Queue.IsKeeping = true;
        using var answer = await app.Client.PostAsync($"/api/v1/jobs/{job.Id}/interrupt", null, _end);
        app.Queue.IsKeeping = false;
        app.Queue.Interrupt(job.Id);
        var problem = await Json(answer);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("being-kept", problem.GetProperty("code").GetString());
        Assert.DoesNotContain("ended", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NotJson_Answers415()
    {
        using var form = new FormUrlEncodedContent([new("prompt", "x")]);
        using var answer = await app.Client.PostAsync("/api/v1/jobs", form, _end);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData(WebHost.MaxRequestBytes, HttpStatusCode.BadRequest, "bad-input")]
    [InlineData(WebHost.MaxRequestBytes + 1, HttpStatusCode.RequestEntityTooLarge, "too-large")]
    public async Task Post_BodyAroundTheCap_IsRefusedByItsOwnRule(int bytes, HttpStatusCode status, string code)
    {
        const string Frame = """{"prompt":""}""";
        var body = $$"""{"prompt":"{{new string('x', bytes - Frame.Length)}}"}""";
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var answer = await app.Client.PostAsync("/api/v1/jobs", content, _end);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, (await Json(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Interrupt_RunningThenFinal_Answers202Then409()
    {
        var job = app.Queue.Submit(new() { Prompt = "x" });
        using var first = await app.Client.PostAsync($"/api/v1/jobs/{job.Id}/interrupt", null, _end);
        using var second = await app.Client.PostAsync($"/api/v1/jobs/{job.Id}/interrupt", null, _end);
        using var unknown = await app.Client.PostAsync($"/api/v1/jobs/{Guid.NewGuid()}/interrupt", null, _end);

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(JobState.Interrupted, app.Queue.Find(job.Id)!.State);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Preview_OfARunningJob_IsItsNewestPngAndNeverStored()
    {
        var job = app.Queue.Submit(new() { Prompt = "x" });
        using var none = await app.Client.GetAsync($"/api/v1/jobs/{job.Id}/preview?n=1", _end);
        byte[] png = [0x89, 0x50, 0x4e, 0x47, 1];
        app.Queue.SetPreview(job.Id, png);
        using var some = await app.Client.GetAsync($"/api/v1/jobs/{job.Id}/preview?n=1", _end);

        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(png, await some.Content.ReadAsByteArrayAsync(_end));
        Assert.Equal("image/png", some.Content.Headers.ContentType?.MediaType);
        Assert.True(some.Headers.CacheControl?.NoStore);
        app.Queue.Interrupt(job.Id);
    }

    [Fact]
    public async Task Get_FailedJob_ShowsErrorAndFieldInTheApisSpelling()
    {
        var job = app.Queue.Submit(new() { Prompt = "x" });
        app.Queue.Change(job.Id, j => j with { State = JobState.Failed, Error = "No.", ErrorField = "BatchSize" });
        using var answer = await app.Client.GetAsync($"/api/v1/jobs/{job.Id}", _end);
        var view = await Json(answer);

        Assert.Equal(["failed", "No.", "batchSize"], new[] { "state", "error", "errorField" }.Select(name => view.GetProperty(name).GetString()));
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(_end)).RootElement;
}
