using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Jobs;

namespace RegionWebUI.Api;

/// <summary>/api/v1/jobs: ask for pictures, watch, interrupt.</summary>
internal static class JobEndpoints
{
    /// <summary>Largest body that asks for a job, in bytes: it may carry a picture and a mask.</summary>
    internal const int MaxBodyBytes = 64 << 20;

    private const string Root = "/api/v1/jobs";

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root, SubmitAsync).WithMetadata(new BodyLimit(MaxBodyBytes));
        routes.MapGet($"{Root}/{{id:guid}}", Show);
        routes.MapGet($"{Root}/{{id:guid}}/preview", Preview);
        routes.MapPost($"{Root}/{{id:guid}}/interrupt", Interrupt);
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context, IJobQueue jobs, IExtensionCatalog extensions, EngineInfo engine, SeedSource drawSeed)
    {
        if (!context.Request.HasJsonContentType())
        {
            return ApiJson.Problem(
                StatusCodes.Status415UnsupportedMediaType, "not-json", "The body must be JSON with Content-Type application/json.");
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<JobBody>(context.Request.Body, ApiJson.Options, context.RequestAborted)
                ?? throw new JsonException("The body is null.");
            var job = jobs.Submit(await body.ToRequestAsync(drawSeed, engine.Parameters, extensions.Entries, context.RequestAborted));
            return TypedResults.Json(JobView.Of(job), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
        }
        catch (JsonException error)
        {
            return ApiJson.Problem(
                StatusCodes.Status400BadRequest, "bad-json", $"The body is not the JSON that is expected (at {error.Path ?? "its start"}).");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiJson.Problem(error.StatusCode, "too-large", $"The body is larger than {MaxBodyBytes >> 20} MiB.");
        }
        catch (BadInputException error)
        {
            return ApiJson.Problem(StatusCodes.Status400BadRequest, "bad-input", error.Message, error.Field);
        }
        catch (QueueFullException full)
        {
            return Full(context, jobs, full);
        }
    }

    private static ProblemHttpResult Full(HttpContext context, IJobQueue jobs, QueueFullException full)
    {
        // A place is free when the running job ends.
        var seconds = Math.Max(1, Math.Ceiling(jobs.Current?.Remaining?.TotalSeconds ?? 1));
        context.Response.Headers.RetryAfter = seconds.ToString("0", CultureInfo.InvariantCulture);
        return ApiJson.Problem(StatusCodes.Status429TooManyRequests, "queue-full", full.Message);
    }

    private static IResult Show(Guid id, IJobQueue jobs, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return jobs.Find(id) is { } job ? TypedResults.Json(JobView.Of(job), ApiJson.Options) : Unknown(id);
    }

    private static IResult Preview(Guid id, IJobQueue jobs, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return jobs.Preview(id) is { Length: > 0 } png
            ? TypedResults.Bytes(png, "image/png")
            : ApiJson.Problem(StatusCodes.Status404NotFound, "no-preview", $"There is no preview of job {id}.");
    }

    private static IResult Interrupt(Guid id, IJobQueue jobs)
    {
        if (jobs.Find(id) is null)
        {
            return Unknown(id);
        }

        if (jobs.Interrupt(id) && jobs.Find(id) is { } job)
        {
            return TypedResults.Json(JobView.Of(job), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
        }

        return jobs.Find(id) is { IsFinal: false }
            ? ApiJson.Problem(StatusCodes.Status409Conflict, "being-kept", $"Job {id} is finished and its pictures are being kept.")
            : ApiJson.Problem(StatusCodes.Status409Conflict, "already-final", $"Job {id} has ended already.");
    }

    private static ProblemHttpResult Unknown(Guid id) => ApiJson.Problem(StatusCodes.Status404NotFound, "unknown-job", $"There is no job {id}.");
}
