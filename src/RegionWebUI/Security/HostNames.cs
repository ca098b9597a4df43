using Microsoft.AspNetCore.HostFiltering;

namespace RegionWebUI.Security;

/// <summary>
/// The names this program answers to. A foreign page that makes its own name point to this machine (DNS rebinding)
/// arrives with that name in the Host header and gets 400.
/// </summary>
internal static class HostNames
{
    /// <summary>Sets the allow-list: the loopback names and the bound host.</summary>
    internal static void Allow(HostFilteringOptions filter, string boundHost)
    {
        var bound = boundHost.Contains(':') && !boundHost.StartsWith('[') ? $"[{boundHost}]" : boundHost;
        filter.AllowedHosts = [.. new[] { "localhost", "127.0.0.1", "[::1]", bound }.Distinct(StringComparer.OrdinalIgnoreCase)];
        filter.AllowEmptyHosts = false;
        filter.IncludeFailureMessage = false;
    }
}
