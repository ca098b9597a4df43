using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace RegionWebUI.Security;

/// <summary>Puts the security headers on every response, whatever answers it.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Registers the headers and passes the request on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static state =>
            {
                Apply((HttpContext)state);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    /// <summary>The policy; the one inline script it lets run is the import map with this text.</summary>
    internal static string Policy(string? importMap)
    {
        var script = importMap is null ? "" : $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(importMap)))}'";
        return $"default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self'{script}; img-src 'self' blob: data:; "
            + "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
    }

    private static void Apply(HttpContext context)
    {
        // The browser hashes the script after its parser has turned line ends into \n.
        var importMap = context.GetEndpoint()?.Metadata.GetMetadata<ImportMapDefinition>()?.ToString().ReplaceLineEndings("\n");
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(importMap);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Remove("Server");
    }
}
