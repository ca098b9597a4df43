using Microsoft.AspNetCore.Http.Metadata;

namespace RegionWebUI.Api;

/// <summary>Largest body of one route, where it is not the program's usual one.</summary>
/// <param name="Bytes">The limit in bytes.</param>
internal sealed record BodyLimit(int Bytes) : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => Bytes;
}
