using System.Net;
using RegionWebUI.Diffusion;

namespace RegionWebUI;

/// <summary>Where the program listens. Without a login only loopback addresses are allowed.</summary>
internal sealed record ServeOptions
{
    /// <summary>A loopback IP address, or <c>localhost</c> for both loopback addresses.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port, 0..65535; 0 takes a free one.</summary>
    public int Port { get; init; } = 7860;

    /// <summary>The address to bind, or null for <c>localhost</c>.</summary>
    /// <exception cref="BadInputException">Host or port is not one that may be listened on.</exception>
    internal IPAddress? ParseAddress()
    {
        if (Port is < 0 or > 65535)
        {
            throw new BadInputException(nameof(Port), $"Port {Port} is outside 0..65535.");
        }

        if (string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!IPAddress.TryParse(Host, out var address))
        {
            throw new BadInputException(nameof(Host), $"Host '{Host}' is neither an IP address nor localhost; take 127.0.0.1, ::1 or localhost.");
        }

        return IPAddress.IsLoopback(address)
            ? address
            : throw new BadInputException(
                nameof(Host), $"Host '{Host}' can be reached from other machines, and there is no login yet; take 127.0.0.1, ::1 or localhost.");
    }
}
