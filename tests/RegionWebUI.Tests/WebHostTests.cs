using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RegionWebUI.Commands;
using RegionWebUI.Components.Extensions;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests;

public sealed class WebHostTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly CancellationToken _end = TestContext.Current.CancellationToken;

    [Fact]
    public void Build_Always_BoundsTheEndOfOpenRequestsWithinTheEndOfTheProgram()
    {
        var bound = app.App.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        // The queue's ten seconds and the model's three come on top.
        Assert.InRange(bound, TimeSpan.FromSeconds(1), CommandLine.TerminationTime - TimeSpan.FromSeconds(10 + 3));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.InternalServerError, "unexpected")]
    [InlineData(true, HttpStatusCode.ServiceUnavailable, "ending")]
    public async Task Request_ThatFailsUnexpectedly_IsAProblemWithTheSecurityHeadersAndWithoutTheErrorsWords(
        bool closed, HttpStatusCode status, string code)
    {
        app.Queue.Refusal = closed ? new ObjectDisposedException("secret") : new InvalidOperationException("secret");
        using var answer = await app.Client.PostAsJsonAsync("/api/v1/jobs", new { prompt = "x" }, _end);
        var body = await answer.Content.ReadAsStringAsync(_end);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        using var healthy = await app.Client.GetAsync("/healthz", _end);
        string[] headers =
        [
            "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy",
            "Cross-Origin-Opener-Policy",
        ];
        Assert.All(headers, name => Assert.Equal(healthy.Headers.GetValues(name), answer.Headers.GetValues(name)));
    }

    [Fact]
    public async Task Build_TabOfAnExtensionCannotBeMade_OnlyTheTabSaysSo()
    {
        app.Catalog.Become(FakeCatalog.Plain("tabbed") with { Tabs = [new ExtensionTab("tabbed", typeof(Unmade), "Hello", "/ext/tabbed/hello")] });
        await using var scope = app.App.Services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        var values = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Id"] = "tabbed", ["Slug"] = "hello" });
        var html = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<ExtensionTabPage>(values)).ToHtmlString());

        Assert.Contains("never made", html, StringComparison.Ordinal);
        app.Catalog.Become();
    }

    private sealed class Unmade : ComponentBase
    {
        public Unmade() => throw new InvalidOperationException("never made");
    }
}
