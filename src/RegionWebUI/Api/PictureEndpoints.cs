using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Pictures;

namespace RegionWebUI.Api;

/// <summary>/api/v1/pictures: kept pictures, by id only; no path ever comes from a request.</summary>
internal static class PictureEndpoints
{
    private const int MaxIdLength = 128;

    private static readonly SearchValues<char> _idCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/pictures/{id}", ShowAsync);
        routes.MapGet("/api/v1/pictures/{id}/curves", ShowCurves);
    }

    private static async Task<IResult> ShowAsync(string id, IGallery gallery, HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        if (!CanBeId(id) || gallery.FindFile(id) is not { } file || !File.Exists(file))
        {
            return Unknown();
        }

        try
        {
            var asked = PictureRequest.Read(context.Request.Query);
            var tag = TagOf(id, file, asked.Encoding);
            var answer = asked.Encoding is { } encoding
                ? await CopyAsync(context, file, encoding, asked.IsDownload ? asked.FileName(id) : null, tag)
                : TypedResults.PhysicalFile(file, "image/png", asked.IsDownload ? asked.FileName(id) : null, entityTag: tag);

            // An id is a day, a number and a seed: another data folder, or pictures that were deleted, can give it to another picture.
            // So the browser asks each time, and the tag tells one file from the next.
            headers.CacheControl = "private, no-cache";
            return answer;
        }
        catch (BadInputException refused)
        {
            return ApiJson.Problem(StatusCodes.Status400BadRequest, "bad-input", refused.Message, refused.Field);
        }
        catch (FileNotFoundException)
        {
            return Unknown();
        }
        catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return ApiJson.Problem(
                StatusCodes.Status500InternalServerError, "unreadable-picture", $"The kept picture cannot be read ({error.Message.TrimEnd('.')}).");
        }
    }

    private static IResult ShowCurves(string id, IGallery gallery, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return CanBeId(id) && gallery.FindCurves(id) is { } curves ? TypedResults.Json(curves, ApiJson.Options) : Unknown();
    }

    private static bool CanBeId(string id) => id.Length <= MaxIdLength && !id.AsSpan().ContainsAnyExcept(_idCharacters);

    private static EntityTagHeaderValue TagOf(string id, string file, PictureEncoding? encoding)
    {
        var kept = new FileInfo(file);
        var copy = encoding is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"-{PictureFormats.Name(encoding.Format)}-{encoding.Quality}");
        return new EntityTagHeaderValue($"\"{id}-{kept.Length:x}-{kept.LastWriteTimeUtc.Ticks:x}{copy}\"");
    }

    private static async Task<IResult> CopyAsync(
        HttpContext context, string file, PictureEncoding encoding, string? download, EntityTagHeaderValue tag)
    {
        // Said before the copy is made for nothing.
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.GetTypedHeaders().ETag = tag;
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var copy = await PictureCopies.MakeAsync(file, encoding, context.RequestAborted);
        return TypedResults.Bytes(copy, PictureFormats.MediaType(encoding.Format), download, entityTag: tag);
    }

    private static ProblemHttpResult Unknown() =>
        ApiJson.Problem(StatusCodes.Status404NotFound, "unknown-picture", "There is no picture with this id.");
}
