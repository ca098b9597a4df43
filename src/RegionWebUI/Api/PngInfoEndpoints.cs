using Microsoft.Net.Http.Headers;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Pictures;

namespace RegionWebUI.Api;

/// <summary>/api/v1/png-info: what a picture file says of itself. The file is the body; nothing of it is kept.</summary>
internal static class PngInfoEndpoints
{
    /// <summary>Largest file, in bytes: what is read at all.</summary>
    internal const int MaxBodyBytes = 64 << 20;

    /// <summary>Adds the route.</summary>
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/png-info", (Delegate)ReadAsync).WithMetadata(new BodyLimit(MaxBodyBytes));

    private static async Task<IResult> ReadAsync(HttpContext context)
    {
        if (!IsFile(context.Request.ContentType))
        {
            return ApiJson.Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "no-picture",
                "The body must be a picture file with Content-Type application/octet-stream or image/*.");
        }

        try
        {
            using var file = new MemoryStream();
            await context.Request.Body.CopyToAsync(file, context.RequestAborted);
            var info = PictureFile.ReadInfo(file.GetBuffer().AsMemory(0, (int)file.Length));
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Json(PictureInfoView.Of(info), ApiJson.Options);
        }
        catch (ImageFormatException refused)
        {
            return ApiJson.Problem(StatusCodes.Status400BadRequest, "bad-picture", refused.Message);
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiJson.Problem(error.StatusCode, "too-large", $"The body is larger than {MaxBodyBytes >> 20} MiB.");
        }
    }

    // A page that sends a file names the kind its ending promises; the content decides.
    private static bool IsFile(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
            || type.Type.Equals("image", StringComparison.OrdinalIgnoreCase));
}
