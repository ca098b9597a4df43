using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace RegionWebUI.Api;

/// <summary>JSON and error form of the API.</summary>
internal static class ApiJson
{
    /// <summary>Strict: unknown, doubled and null properties are refused, names are camelCase and case-sensitive.</summary>
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>A property or enum name in the API's spelling.</summary>
    internal static string Name(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>Problem details with a stable code for programs and one sentence for people.</summary>
    internal static ProblemHttpResult Problem(int status, string code, string sentence, string? field = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (field is not null)
        {
            extensions["field"] = Name(field);
        }

        return TypedResults.Problem(detail: sentence, statusCode: status, extensions: extensions);
    }
}
