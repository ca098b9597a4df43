using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RegionWebUI.Api;
using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;
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

    [Fact]
    public async Task Post_Settings_AreThoseOfTheTable()
    {
        using var answer = await app.Client.PostAsJsonAsync(
            "/api/v1/jobs",
            new
            {
                prompt = "a cat",
                seed = 1,
                settings = new { clipSkip = 2, emphasis = "No norm", eta = 0.5, variationStrength = 0.25, exactSteps = true },
            },
            _end);
        var queued = app.Queue.Find((await Json(answer)).GetProperty("id").GetGuid())!;

        Assert.Equal(
            new GenerationRequest
            {
                Prompt = "a cat",
                Seed = 1,
                ExactSteps = true,
                TextSettings = new TextSettings { ClipSkip = 2, Emphasis = EmphasisMode.NoNorm },
                SamplerSettings = new SamplerSettings { Eta = 0.5 },
                NoiseSettings = new NoiseSettings { VariationStrength = 0.25, VariationSeed = RunningApp.DrawnSeed },
            },
            queued.Request);
        app.Queue.Interrupt(queued.Id);
    }

    [Theory]
    [InlineData("""{"settings":{"clipskip":2}}""", "settings", "'clipSkip'")]
    [InlineData("""{"settings":{"clipSkip":"two"}}""", "clipSkip", "'two'")]
    [InlineData("""{"settings":{"emphasis":"Most"}}""", "emphasis", "'Most'")]
    [InlineData("""{"settings":{"eta":[1]}}""", "eta", "array")]
    public async Task Post_SettingThatIsNone_IsRefusedByName(string body, string field, string named)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PostAsync("/api/v1/jobs", content, _end);
        var problem = await Json(answer);

        Assert.Equal(field, problem.GetProperty("field").GetString());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
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
        // What other tests left waiting would stand before it.
        app.Queue.Jobs.ToList().ForEach(j => app.Queue.Interrupt(j.Id));
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
    [InlineData(JobEndpoints.MaxBodyBytes, HttpStatusCode.BadRequest, "bad-input")]
    [InlineData(JobEndpoints.MaxBodyBytes + 1, HttpStatusCode.RequestEntityTooLarge, "too-large")]
    public async Task Post_BodyAroundTheCap_IsRefusedByItsOwnRule(int bytes, HttpStatusCode status, string code)
    {
        var body = new byte[bytes];
        body.AsSpan().Fill((byte)' ');
        """{"steps":0}"""u8.CopyTo(body.AsSpan(bytes - 11));

        // As curl does with large bodies: the answer comes before the body is sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs") { Headers = { ExpectContinue = true } };
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await app.Client.SendAsync(request, _end);
        var problem = await Json(answer);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.True(code != "too-large" || problem.GetProperty("detail").GetString()!.Contains("64 MiB", StringComparison.Ordinal));
    }

    [Fact]
    public void Routes_ThatTakeMoreThanTheUsualBody_AreTheReviewedOnes()
    {
        var limits = app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize > WebHost.MaxRequestBytes);

        Assert.Equal(
            ["POST /api/v1/jobs", "POST /api/v1/png-info"],
            limits.Select(e => $"{e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single()} {e.RoutePattern.RawText}").Order());
    }

    [Theory]
    [InlineData("", "a.png")]
    [InlineData("data:image/png;base64,", "a.png")]
    [InlineData("", "a.webp")]
    [InlineData("data:image/webp;base64,", "a.webp")]
    [InlineData("data:image/jpeg;base64,", "a.webp")]
    public async Task Post_WithPicturesAndValues_QueuesThem(string prefix, string kind)
    {
        var picture = PictureMaker.Draw(16, 8, 1, 1);
        var white = new Image(2, 1, new byte[] { 255, 255, 255, 0, 0, 0 });
        var body = new
        {
            init = prefix + Convert.ToBase64String(PictureFiles.Of(kind, picture)),
            mask = prefix + Convert.ToBase64String(PictureFiles.Of(kind, white)),
            strength = 0.4,
            extensions = new { mixed = new { count = 5, factor = 0.70, hard = true, words = "a\nb" }, nobody = new { x = 1.5 } },
        };
        using var answer = await app.Client.PostAsJsonAsync("/api/v1/jobs", body, _end);
        var request = app.Queue.Find((await Json(answer)).GetProperty("id").GetGuid())!.Request;

        Assert.Equal(picture.Rgb.ToArray(), request.Init!.Rgb.ToArray());
        Assert.Equal([1f, 0f], request.Mask!.Values.ToArray());
        Assert.Equal(0.4, request.Strength);
        var expected = new Dictionary<string, string>
        {
            ["mixed/count"] = "5",
            ["mixed/hard"] = "true",
            ["mixed/words"] = "a\nb",
            ["nobody/x"] = "1.5",
        };
        Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal), request.Extensions);
    }

    [Fact]
    public async Task Post_JpegOfATurnedCamera_IsQueuedUpright()
    {
        var jpeg = PictureFiles.Turned(PictureFiles.Of("a.jpg", PictureMaker.Draw(32, 16, 1, 1)), orientation: 6);
        using var answer = await app.Client.PostAsJsonAsync(
            "/api/v1/jobs", new { init = "data:image/jpeg;base64," + Convert.ToBase64String(jpeg) }, _end);
        var request = app.Queue.Find((await Json(answer)).GetProperty("id").GetGuid())!.Request;

        Assert.Equal((16, 32), (request.Init!.Width, request.Init.Height));
    }

    [Theory]
    [InlineData("init")]
    [InlineData("mask")]
    public async Task Post_SmallFileOfManyPixels_IsRefusedWithItsSizeAndTheLimit(string field)
    {
        var fine = PictureMaker.Png(PictureMaker.Draw(16, 8, 1, 1));
        var body = new Dictionary<string, byte[]> { ["init"] = fine, [field] = BlackPng.Of(8192, 4097) };
        using var answer = await app.Client.PostAsJsonAsync("/api/v1/jobs", body, _end);
        var problem = await Json(answer);

        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.StatusCode, problem.GetProperty("field").GetString()));
        Assert.Equal(
            $"The {field} cannot be used: It is 8192 x 4097, 33562624 pixels; a picture or mask to start from may have at most 33554432.",
            problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("""{"init":"####"}""", "bad-json", null)]
    [InlineData("""{"init":7}""", "bad-json", null)]
    [InlineData("""{"init":"data:image/gif;base64,AAAA"}""", "bad-json", null)]
    [InlineData("""{"init":"data:image/png;base64"}""", "bad-json", null)]
    [InlineData("""{"init":"data:image/jpeg;base64,R0lGODlh"}""", "bad-input", "init")]
    [InlineData("""{"extensions":{"mixed":7}}""", "bad-json", null)]
    [InlineData("""{"init":"AAAA"}""", "bad-input", "init")]
    [InlineData("""{"mask":"AAAA"}""", "bad-input", "mask")]
    [InlineData("""{"extensions":{"mixed":{"count":"many"}}}""", "bad-input", "ext/mixed/count")]
    [InlineData("""{"extensions":{"mixed":{"count":null}}}""", "bad-input", "ext/mixed/count")]
    [InlineData("""{"extensions":{"nobody":{"x":[1]}}}""", "bad-input", "ext/nobody/x")]
    public async Task Post_BadPictureOrValue_NamesTheField(string body, string code, string? field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await app.Client.PostAsync("/api/v1/jobs", content, _end);
        var problem = await Json(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task Get_JobWithExtensions_ShowsWhatTheyDidAndWhatFailedWithoutDetails()
    {
        var job = app.Queue.Submit(new() { Prompt = "x" });
        app.Queue.Change(job.Id, j => j with
        {
            State = JobState.Done,
            Hooks = [new HookUse("mixed", "1.0.0", HookKind.Plan, 20, 12.5, 2)],
            HookFailures =
            [
                new HookFailure("plain", "2.0.0", HookKind.Blend, 3, "No.", "secret stack"),
                new HookFailure("x", "", HookKind.Start, -1, "No.", ""),
            ],
        });
        using var answer = await app.Client.GetAsync($"/api/v1/jobs/{job.Id}", _end);
        var text = await answer.Content.ReadAsStringAsync(_end);

        Assert.Contains(
            """[{"extension":"mixed","version":"1.0.0","stage":"plan","calls":20,"milliseconds":12.5,"longestMilliseconds":2}]""",
            text, StringComparison.Ordinal);
        Assert.Contains("""{"extension":"plain","version":"2.0.0","stage":"blend","step":3,"message":"No."}""", text, StringComparison.Ordinal);
        Assert.Contains("""{"extension":"x","version":"","stage":"start","step":null,"message":"No."}""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
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
