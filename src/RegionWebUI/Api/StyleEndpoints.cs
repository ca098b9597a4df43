using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Styles;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Api;

/// <summary>/api/v1/styles: named additions to prompts.</summary>
internal static class StyleEndpoints
{
    private const string Root = "/api/v1/styles";

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, List);
        routes.MapPut($"{Root}/{{name}}", SaveAsync);
        routes.MapDelete($"{Root}/{{name}}", Delete);
    }

    private static JsonHttpResult<IReadOnlyList<PromptStyle>> List(IStyleShelf styles, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(styles.Styles, ApiJson.Options);
    }

    private static async Task<IResult> SaveAsync(string name, HttpContext context, IStyleShelf styles)
    {
        if (!context.Request.HasJsonContentType())
        {
            return ApiJson.Problem(
                StatusCodes.Status415UnsupportedMediaType, "not-json", "The body must be JSON with Content-Type application/json.");
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<StyleBody>(context.Request.Body, ApiJson.Options, context.RequestAborted)
                ?? throw new JsonException("The body is null.");
            var style = new PromptStyle(name, body.Prompt, body.NegativePrompt);
            styles.Save(style);
            return TypedResults.Json(style, ApiJson.Options);
        }
        catch (JsonException error)
        {
            return ApiJson.Problem(
                StatusCodes.Status400BadRequest, "bad-json", $"The body is not the JSON that is expected (at {error.Path ?? "its start"}).");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiJson.Problem(error.StatusCode, "too-large", $"The body is larger than {WebHost.MaxRequestBytes >> 20} MiB.");
        }
        catch (BadInputException error)
        {
            return ApiJson.Problem(StatusCodes.Status400BadRequest, "bad-input", error.Message, error.Field);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            return NotSaved(error);
        }
    }

    private static IResult Delete(string name, IStyleShelf styles)
    {
        try
        {
            return styles.Delete(name)
                ? TypedResults.NoContent()
                : ApiJson.Problem(StatusCodes.Status404NotFound, "unknown-style", StyleSelection.Unknown(styles, name).Message);
        }
        catch (IOException error)
        {
            return NotSaved(error);
        }
    }

    private static ProblemHttpResult NotSaved(IOException error) => ApiJson.Problem(
        StatusCodes.Status500InternalServerError, "not-saved", $"The change could not be saved ({error.Message.TrimEnd('.')}).");
}
