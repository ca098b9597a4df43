using Microsoft.AspNetCore.Http.HttpResults;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;

namespace RegionWebUI.Api;

/// <summary>/api/v1/extensions: what there is, and switching it on and off from the next job on.</summary>
internal static class ExtensionEndpoints
{
    private const string Root = "/api/v1/extensions";

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, List);
        routes.MapPost($"{Root}/{{id}}/enable", (string id, IExtensionCatalog catalog) => Switch(catalog.Enable, id));
        routes.MapPost($"{Root}/{{id}}/disable", (string id, IExtensionCatalog catalog) => Switch(catalog.Disable, id));
    }

    private static JsonHttpResult<List<ExtensionView>> List(IExtensionCatalog catalog, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(catalog.Entries.Select(ExtensionView.Of).ToList(), ApiJson.Options);
    }

    private static IResult Switch(Func<string, ExtensionEntry> change, string id)
    {
        try
        {
            return TypedResults.Json(ExtensionView.Of(change(id)), ApiJson.Options);
        }
        catch (BadInputException unknown)
        {
            return ApiJson.Problem(StatusCodes.Status404NotFound, "unknown-extension", unknown.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ApiJson.Problem(
                StatusCodes.Status500InternalServerError, "not-saved", $"The change could not be saved ({error.Message.TrimEnd('.')}).");
        }
    }
}
