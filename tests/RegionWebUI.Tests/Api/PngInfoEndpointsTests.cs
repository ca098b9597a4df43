using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RegionWebUI.Api;
using RegionWebUI.Imaging;
using RegionWebUI.TestKit;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Api;

public sealed class PngInfoEndpointsTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Infotext = "a cat\nNegative prompt: rain\nSteps: 20, Sampler: Euler a, Steps: 7, Wish: \"a, b\", Seed: 1";

    private static readonly CancellationToken _end = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a.png", "png", "application/octet-stream")]
    [InlineData("a.png", "png", "image/png")]
    [InlineData("a.jpg", "jpeg", "image/jpeg")]
    [InlineData("a.webp", "webp", "IMAGE/webp; charset=x")]
    [InlineData("a.webp", "webp", "image/png")]
    public async Task Post_AFile_ShowsWhatItSays(string name, string format, string type)
    {
        using var answer = await PostAsync(PictureFiles.Of(name, new Image(3, 2, new byte[18]), Infotext), type);
        var text = await answer.Content.ReadAsStringAsync(_end);
        var info = JsonDocument.Parse(text).RootElement;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(
            (format, 3, 2), (info.GetProperty("format").GetString(), info.GetProperty("width").GetInt32(), info.GetProperty("height").GetInt32()));
        Assert.Equal(
            (Infotext, null, "a cat", "rain"),
            (Text(info, "infotext"), Text(info, "textProblem"), Text(info, "prompt"), Text(info, "negativePrompt")));
        Assert.Equal(
            [new("Steps", "7"), new("Sampler", "Euler a"), new("Wish", "a, b"), new("Seed", "1")],
            info.GetProperty("fields").EnumerateObject().Select(f => KeyValuePair.Create(f.Name, f.Value.GetString())));
    }

    [Fact]
    public async Task Post_FileWithoutParameters_HasNullsAndNoFields()
    {
        using var answer = await PostAsync(BlackPng.Of(4, 2), "image/png");
        Assert.Equal(
            """{"format":"png","width":4,"height":2,"infotext":null,"textProblem":null,"prompt":null,"negativePrompt":null,"fields":{}}""",
            await answer.Content.ReadAsStringAsync(_end));
    }

    [Fact]
    public async Task Post_JpegOfATurnedCamera_ShowsTheUprightSize()
    {
        using var answer = await PostAsync(PictureFiles.Turned(PictureFiles.Of("a.jpg", new Image(16, 8, new byte[384])), 6), "image/jpeg");
        var info = await answer.Content.ReadFromJsonAsync<JsonElement>(_end);
        Assert.Equal((8, 16), (info.GetProperty("width").GetInt32(), info.GetProperty("height").GetInt32()));
    }

    [Fact]
    [Trait("Category", "Fixture")]
    public async Task Post_EveryContainer_GivesItsInfotext()
    {
        var (cases, run) = (Fixtures.Open("images", "containers.json").Cases, 0);
        foreach (var row in cases)
        {
            var name = row.GetProperty("file").GetString()!;
            using var answer = await PostAsync(await File.ReadAllBytesAsync(Fixtures.Path("images", name), _end), "application/octet-stream");
            var info = await answer.Content.ReadFromJsonAsync<JsonElement>(_end);
            Assert.True(row.GetProperty("text").GetString() == Text(info, "infotext"), name);
            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    [Fact]
    [Trait("Category", "Fixture")]
    public async Task Post_EveryCorruptFile_Answers200Or400WithASentence()
    {
        var (cases, run) = (Fixtures.Open("images", "corrupt.json").Cases, 0);
        foreach (var row in cases)
        {
            var name = row.GetProperty("file").GetString()!;
            using var answer = await PostAsync(await File.ReadAllBytesAsync(Fixtures.Path("images", name), _end), "application/octet-stream");
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>(_end);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                Assert.True((HttpStatusCode.BadRequest, "bad-picture") == (answer.StatusCode, Text(said, "code")), name);
                Assert.EndsWith(".", Text(said, "detail"), StringComparison.Ordinal);
            }
            else if (row.GetProperty("outcome").GetString()!.StartsWith("picture accepted; the text refused", StringComparison.Ordinal))
            {
                // What is wrong with it is said, and not that there is none.
                Assert.True(Text(said, "infotext")?.Length > 0 || Text(said, "textProblem") is not null, name);
            }

            run++;
        }

        Assert.True(run == cases.Count && run > 0);
    }

    [Theory]
    [InlineData("", "The file is empty; PNG, JPEG and WebP pictures are read.")]
    [InlineData("GIF89a", "The file is a GIF; PNG, JPEG and WebP pictures are read.")]
    public async Task Post_NoPicture_SaysWhatIsRead(string content, string sentence)
    {
        using var answer = await PostAsync(System.Text.Encoding.ASCII.GetBytes(content), "image/gif");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(sentence, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(_end), "detail"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("imagery/png")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Post_AnotherContentType_Answers415(string? type)
    {
        using var answer = await PostAsync(BlackPng.Of(1, 1), type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("image/*", Text(await answer.Content.ReadFromJsonAsync<JsonElement>(_end), "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MoreThanTheLimit_Answers413BeforeItIsRead()
    {
        using var content = new ByteArrayContent(new byte[PngInfoEndpoints.MaxBodyBytes + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/png-info") { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        request.Headers.ExpectContinue = true;
        using var answer = await app.Client.SendAsync(request, _end);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("64 MiB", Text(await answer.Content.ReadFromJsonAsync<JsonElement>(_end), "detail"), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] file, string? type)
    {
        using var content = new ByteArrayContent(file);
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return await app.Client.PostAsync("/api/v1/png-info", content, _end);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
