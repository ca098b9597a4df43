using System.Buffers;
using Microsoft.Net.Http.Headers;
using RegionWebUI.Host.Gallery;

namespace RegionWebUI.Api;

/// <summary>/api/v1/pictures: kept pictures, by id only; no path ever comes from a request.</summary>
internal static class PictureEndpoints
{
    private const int MaxIdLength = 128;

    private static readonly SearchValues<char> _idCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Adds the route.</summary>
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/pictures/{id}", Show);

    private static IResult Show(string id, IGallery gallery, HttpContext context)
    {
        if (id.Length > MaxIdLength || id.AsSpan().ContainsAnyExcept(_idCharacters) || gallery.FindFile(id) is not { } file || !File.Exists(file))
        {
            context.Response.Headers.CacheControl = "no-store";
            return ApiJson.Problem(StatusCodes.Status404NotFound, "unknown-picture", "There is no picture with this id.");
        }

        // An id is a day, a number and a seed: another data folder, or pictures that were deleted, can give it to another picture.
        // So the browser asks each time, and the tag tells one file from the next.
        context.Response.Headers.CacheControl = "private, no-cache";
        var kept = new FileInfo(file);
        var tag = new EntityTagHeaderValue($"\"{id}-{kept.Length:x}-{kept.LastWriteTimeUtc.Ticks:x}\"");
        var download = context.Request.Query.ContainsKey("download") ? $"regionwebui-{id}.png" : null;
        return TypedResults.PhysicalFile(file, "image/png", download, entityTag: tag);
    }
}
