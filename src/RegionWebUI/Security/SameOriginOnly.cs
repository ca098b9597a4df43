using Microsoft.Extensions.Primitives;

namespace RegionWebUI.Security;

/// <summary>
/// Refuses (403) what a page of another origin sends: every unsafe method anywhere, and everything on the circuit's path,
/// its negotiation and WebSocket upgrade included. Browsers always name the origin there; programs such as curl name none
/// and may use the API, but not the circuit.
/// </summary>
internal sealed class SameOriginOnly(RequestDelegate next)
{
    private const string FetchSite = "Sec-Fetch-Site";

    private static readonly PathString _circuit = "/_blazor";

    /// <summary>Passes the request on or answers 403.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var onCircuit = request.Path.StartsWithSegments(_circuit, StringComparison.OrdinalIgnoreCase);
        var unsafeMethod = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
        if ((onCircuit || unsafeMethod) && !IsOwn(request, onCircuit && (unsafeMethod || IsUpgrade(request))))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static bool IsUpgrade(HttpRequest request) =>
        request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    private static bool IsOwn(HttpRequest request, bool mustNameOrigin)
    {
        var origin = request.Headers.Origin;
        var site = request.Headers[FetchSite];
        if (origin.Count == 0 && site.Count == 0)
        {
            return !mustNameOrigin;
        }

        // "same-site" is refused as well: another port of this machine is the same site but not this program.
        return (site.Count == 0 || Single(site) is "same-origin" or "none")
            && (origin.Count == 0 || string.Equals(Single(origin), $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));
    }

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;
}
