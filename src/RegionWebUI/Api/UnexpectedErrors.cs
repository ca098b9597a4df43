using Microsoft.AspNetCore.Diagnostics;

namespace RegionWebUI.Api;

/// <summary>Answers a request that failed with an error no endpoint expected: a problem for programs, without the error's own words.</summary>
internal static class UnexpectedErrors
{
    /// <summary>Writes 503 while the program ends, else 500; a request that could not be read keeps its own status.</summary>
    internal static Task AnswerAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var ending = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;
        var answer = error switch
        {
            BadHttpRequestException bad => ApiJson.Problem(bad.StatusCode, "bad-request", "The request cannot be read."),

            // The queue is closed while the last requests are answered.
            _ when ending || error is ObjectDisposedException => ApiJson.Problem(
                StatusCodes.Status503ServiceUnavailable, "ending", "RegionWebUI is ending; nothing new is taken."),
            _ => ApiJson.Problem(
                StatusCodes.Status500InternalServerError, "unexpected", "RegionWebUI could not answer this; its console says why."),
        };
        return answer.ExecuteAsync(context);
    }
}
