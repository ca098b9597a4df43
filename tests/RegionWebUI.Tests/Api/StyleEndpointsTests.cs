using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using RegionWebUI.Host.Settings;
using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging.Infotext;
using RegionWebUI.TestKit;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Api;

public sealed class StyleEndpointsTests : IAsyncLifetime
{
    private const string Root = "/api/v1/styles";

    private static readonly CancellationToken _end = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeGallery _gallery = new();
    private StyleShelf _shelf = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _shelf = new StyleShelf(DataFolder.Locate(_folder.Path, _ => null), _ => { });
        _app = WebHost.Build(new ServeOptions { Port = 0 }, FakeEngine.Info, new FakeJobQueue(), _gallery, new FakeCatalog(), styles: _shelf);
        await _app.StartAsync(_end);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(addresses.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _gallery.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task PutGetDelete_KeepAStyleAndLetItGo()
    {
        using var saved = await PutAsync("Fine art, 日本", """{"prompt":"fine {prompt}","negativePrompt":"bad"}""");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal([new PromptStyle("Fine art, 日本", "fine {prompt}", "bad")], _shelf.Styles);

        using var list = await _client.GetAsync(Root, _end);
        Assert.True(list.Headers.CacheControl?.NoStore);
        var style = Assert.Single((await list.Content.ReadFromJsonAsync<JsonElement>(_end)).EnumerateArray());
        Assert.Equal(["Fine art, 日本", "fine {prompt}", "bad"], style.EnumerateObject().Select(p => p.Value.GetString()));
        Assert.Equal(["name", "prompt", "negativePrompt"], style.EnumerateObject().Select(p => p.Name));

        using var deleted = await _client.DeleteAsync(Address("Fine art, 日本"), _end);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(_shelf.Styles);
    }

    [Theory]
    [InlineData("A", "[]", HttpStatusCode.BadRequest, "bad-json")]
    [InlineData("A", "null", HttpStatusCode.BadRequest, "bad-json")]
    [InlineData("A", """{"prompt":1}""", HttpStatusCode.BadRequest, "bad-json")]
    [InlineData("A", """{"prompt":null}""", HttpStatusCode.BadRequest, "bad-json")]
    [InlineData("A", """{"name":"B"}""", HttpStatusCode.BadRequest, "bad-json")]
    [InlineData("#A", "{}", HttpStatusCode.BadRequest, "bad-input")]
    public async Task Put_WhatIsNoStyle_IsRefused(string name, string body, HttpStatusCode status, string code)
    {
        using var answer = await PutAsync(name, body);
        await AssertProblem(answer, status, code);
        Assert.Empty(_shelf.Styles);
    }

    [Fact]
    public async Task Put_WithoutJsonContentType_IsRefused()
    {
        using var answer = await _client.PutAsync(Address("A"), new StringContent("{}"), _end);
        await AssertProblem(answer, HttpStatusCode.UnsupportedMediaType, "not-json");
    }

    [Fact]
    public async Task Put_LongTextAndLongName_AreRefused()
    {
        using var text = await PutAsync("A", JsonSerializer.Serialize(new { prompt = new string('p', 32_769) }));
        await AssertProblem(text, HttpStatusCode.BadRequest, "bad-input");
        using var name = await PutAsync(new string('n', 201), "{}");
        await AssertProblem(name, HttpStatusCode.BadRequest, "bad-input");
        using var large = new HttpRequestMessage(HttpMethod.Put, Address("A"))
        {
            Content = JsonContent.Create(new { prompt = new string('p', 1 << 20) }),
        };
        await large.Content.LoadIntoBufferAsync(_end);
        large.Headers.ExpectContinue = true;
        using var body = await _client.SendAsync(large, _end);
        await AssertProblem(body, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task Delete_UnknownName_Answers404WithTheNearest()
    {
        _shelf.Save(new PromptStyle("Photo", "x", ""));
        using var answer = await _client.DeleteAsync(Address("Foto"), _end);
        Assert.Contains("'Photo'", await AssertProblem(answer, HttpStatusCode.NotFound, "unknown-style"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_OverAFileThatIsNone_SaysSo()
    {
        File.WriteAllText(_folder.File("styles.csv"), "no,styles\n");
        using var put = await PutAsync("A", "{}");
        await AssertProblem(put, HttpStatusCode.InternalServerError, "not-saved");
        using var delete = await _client.DeleteAsync(Address("A"), _end);
        await AssertProblem(delete, HttpStatusCode.InternalServerError, "not-saved");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Change_FromAnotherOrigin_IsRefused(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Address("A")) { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Origin", "http://evil.example");
        using var answer = await _client.SendAsync(request, _end);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static string Address(string name) => $"{Root}/{Uri.EscapeDataString(name)}";

    private Task<HttpResponseMessage> PutAsync(string name, string json) =>
        _client.PutAsync(Address(name), new StringContent(json, System.Text.Encoding.UTF8, "application/json"), _end);

    private static async Task<string> AssertProblem(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(_end);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem.GetProperty("detail").GetString()!;
    }
}
