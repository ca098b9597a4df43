using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RegionWebUI.Diffusion;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Security;

/// <summary>Who may talk to the program, tried on the real application over a real socket.</summary>
public sealed partial class SecurityMatrixTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly CancellationToken _end = TestContext.Current.CancellationToken;

    private string Own => app.Address.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("evil.example:{port}", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("0.0.0.0:{port}", 400)]
    [InlineData("169.254.169.254", 400)]
    [InlineData("127.0.0.1:{port}", 200)]
    [InlineData("localhost:{port}", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("[::1]:{port}", 200)]
    public async Task Get_ByHost_AnswersOnlyItsOwnNames(string host, int status)
    {
        foreach (var path in new[] { "/", "/healthz", "/app.css", "/api/v1/pictures/x", "/api/v1/extensions", "/extensions", "/_blazor/negotiate" })
        {
            using var request = new HttpRequestMessage(path.StartsWith("/_b", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
            request.Headers.Host = host.Replace("{port}", $"{app.Address.Port}", StringComparison.Ordinal);
            using var answer = await app.Client.SendAsync(request, _end);

            Assert.Equal(status == 400, answer.StatusCode == HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData(null, null, true, false)]
    [InlineData("own", null, true, true)]
    [InlineData("own", "same-origin", true, true)]
    [InlineData(null, "same-origin", true, true)]
    [InlineData(null, "none", true, true)]
    [InlineData("null", null, false, false)]
    [InlineData("null", "same-origin", false, false)]
    [InlineData("http://evil.example", null, false, false)]
    [InlineData("http://evil.example", "cross-site", false, false)]
    [InlineData("http://localhost:1", "same-site", false, false)]
    [InlineData("own", "cross-site", false, false)]
    [InlineData(null, "cross-site", false, false)]
    [InlineData(null, "same-site", false, false)]
    [InlineData("https", null, false, false)]
    [InlineData("", null, false, false)]
    public async Task Request_ByOrigin_UnsafeMethodsAndCircuitAreSameOriginOnly(string? origin, string? site, bool onApi, bool onCircuit)
    {
        foreach (var (method, path) in MutatingEndpoints())
        {
            var allowed = path.StartsWith("/_blazor", StringComparison.Ordinal) ? onCircuit : onApi;
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            Name(request.Headers.TryAddWithoutValidation, origin, site);
            using var answer = await app.Client.SendAsync(request, _end);

            Assert.True(
                allowed == (answer.StatusCode != HttpStatusCode.Forbidden), $"{method} {path} origin {origin} site {site}: {answer.StatusCode}");
        }

        Assert.Equal(onCircuit, await Upgrades(origin, site));
    }

    [Fact]
    public void Endpoints_ThatAreMutating_AreTheReviewedOnes() => Assert.Equal(
        [
            "DELETE /api/v1/styles/{name}",
            "POST /", "POST /_blazor", "POST /_blazor/disconnect/", "POST /_blazor/initializers/", "POST /_blazor/negotiate",
            "POST /api/v1/extensions/{id}/disable", "POST /api/v1/extensions/{id}/enable",
            "POST /api/v1/jobs", "POST /api/v1/jobs/{id:guid}/interrupt", "POST /api/v1/png-info",
            "POST /ext/{Id}/{Slug}", "POST /extensions", "POST /not-found", "POST /png-info",
            "PUT /api/v1/styles/{name}",
        ],
        Templates().Where(t => t.Split(' ')[0] is not ("GET" or "HEAD")).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/app.css", 200)]
    [InlineData("/_framework/blazor.web.js", 200)]
    [InlineData("/healthz", 200)]
    [InlineData("/api/v1/pictures/none", 404)]
    [InlineData("/api/v1/extensions", 200)]
    [InlineData("/extensions", 200)]
    [InlineData("/ext/none/none", 200)]
    [InlineData("/no/such/page", 404)]
    public async Task Response_Always_CarriesTheSecurityHeaders(string path, int status)
    {
        using var answer = await app.Client.GetAsync(path, _end);

        Assert.Equal(status, (int)answer.StatusCode);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task UnknownAddress_OpenedInABrowser_IsAPageThatSaysSo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no/such/page") { Headers = { Accept = { new("text/html") } } };
        using var answer = await app.Client.SendAsync(request, _end);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<!DOCTYPE html>", await answer.Content.ReadAsStringAsync(_end), StringComparison.Ordinal);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task Refusal_Always_CarriesTheSecurityHeaders()
    {
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        using var crossSite = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs");
        crossSite.Headers.TryAddWithoutValidation("Origin", "http://evil.example");
        foreach (var request in new[] { foreign, crossSite })
        {
            using var answer = await app.Client.SendAsync(request, _end);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden);
            AssertHeaders(answer);
        }
    }

    [Fact]
    public async Task Page_ItsOnlyInlineScript_IsTheImportMapThatThePolicyNames()
    {
        using var answer = await app.Client.GetAsync("/", _end);
        var html = await answer.Content.ReadAsStringAsync(_end);
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));

        var inline = InlineScript().Matches(html).Where(m => !m.Groups["attributes"].Value.Contains("src=", StringComparison.Ordinal)).ToList();
        var map = Assert.Single(inline);
        Assert.Contains("importmap", map.Groups["attributes"].Value, StringComparison.Ordinal);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map.Groups["text"].Value)));
        Assert.Contains($"'sha256-{hash}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(" on[a-z]+=", html);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("*")]
    [InlineData("+")]
    [InlineData("192.168.1.5")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("example.com")]
    [InlineData("unix:socket")]
    [InlineData("")]
    public void Build_HostBeyondLoopback_RefusesWithOneSentence(string host)
    {
        using var gallery = new FakeGallery();
        var error = Assert.Throws<BadInputException>(
            () => WebHost.Build(new ServeOptions { Host = host }, FakeEngine.Info, new FakeJobQueue(), gallery, new FakeCatalog()));

        Assert.Equal("Host", error.Field);
        Assert.Contains($"'{host}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    [InlineData("127.1.2.3")]
    public async Task Build_LoopbackHost_ListensThereAndNowhereElse(string host)
    {
        await using var other = new RunningApp { Options = new ServeOptions { Host = host, Port = 0 } };
        await other.InitializeAsync();

        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(other.Address.Host.Trim('[', ']'))));
        using var answer = await other.Client.GetAsync("/healthz", _end);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex("<script(?<attributes>[^>]*)>(?<text>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript();

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        foreach (var directive in new[]
        {
            "default-src 'self';", "style-src 'self' 'unsafe-inline';", "script-src 'self'", "img-src 'self' blob: data:;", "connect-src 'self';",
            "object-src 'none';", "base-uri 'self';", "frame-ancestors 'none'",
        })
        {
            Assert.Contains(directive, policy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private void Name(Func<string, string?, bool> add, string? origin, string? site)
    {
        if (origin is not null)
        {
            add("Origin", origin switch { "own" => Own, "https" => Own.Replace("http:", "https:", StringComparison.Ordinal), _ => origin });
        }

        if (site is not null)
        {
            add("Sec-Fetch-Site", site);
        }
    }

    private async Task<bool> Upgrades(string? origin, string? site)
    {
        using var socket = new ClientWebSocket();
        Name(
            (name, value) =>
            {
                socket.Options.SetRequestHeader(name, value);
                return true;
            },
            origin,
            site);
        try
        {
            await socket.ConnectAsync(new UriBuilder(app.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, _end);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }

    private IEnumerable<(string Method, string Path)> MutatingEndpoints() =>
        from template in Templates()
        let parts = template.Split(' ')
        where parts[0] is not ("GET" or "HEAD")
        select (parts[0], parts[1].Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace('{', '-').Replace('}', '-'));

    /// <summary>Every endpoint as "METHOD /template"; one that names no method takes any, so it counts as mutating.</summary>
    private IEnumerable<string> Templates() =>
        from endpoint in app.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["POST"]
        from method in methods
        select $"{method} /{endpoint.RoutePattern.RawText?.TrimStart('/')}";
}
