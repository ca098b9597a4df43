using RegionWebUI.Imaging.Infotext;
using RegionWebUI.Sdk;

namespace RegionWebUI.Commands;

/// <summary>What <c>generate</c> was asked for.</summary>
/// <param name="Request">The request.</param>
/// <param name="Source">The picture whose parameters it took; null when there is none.</param>
/// <param name="Inputs">Full paths of the files that were read.</param>
internal sealed record ReadRequest(GenerationRequest Request, ReadRequest.Origin? Source, IReadOnlyList<string> Inputs)
{
    // The engine lists who took part as "id version, id version".
    private const string ExtensionsKey = "Extensions";

    /// <summary>Tells what of the source's parameters this run cannot repeat.</summary>
    /// <param name="model">Name of the model that runs.</param>
    /// <param name="extensions">Ids of the extensions that take part.</param>
    /// <returns>One sentence each.</returns>
    public IEnumerable<string> Advice(string model, IReadOnlyCollection<string> extensions)
    {
        if (Source is null)
        {
            yield break;
        }

        if (Source.NotTaken.Count > 0)
        {
            yield return $"Not taken from '{Source.File}': {string.Join(", ", Source.NotTaken)}.";
        }

        if (Source.Document.Find(InfotextKeys.Model) is { } made && !string.Equals(made, model, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"'{Source.File}' was made with the model '{made}', this run takes '{model}'.";
        }

        var ran = Source.Document.Find(ExtensionsKey)?.Split(", ").Select(idAndVersion => idAndVersion.Split(' ')[0]) ?? [];
        if (ran.Except(extensions).ToList() is [_, ..] missing)
        {
            yield return $"'{Source.File}' was made with extensions that are not on: {string.Join(", ", missing)}.";
        }

        if (Source.Document.Find(InfotextKeys.DenoisingStrength) is not null && Request.Init is null)
        {
            yield return $"'{Source.File}' was made from another picture, which it does not hold; name it with --init.";
        }
    }

    /// <summary>A picture whose parameters were taken.</summary>
    /// <param name="File">The file as it was named.</param>
    /// <param name="Document">What its infotext says.</param>
    /// <param name="NotTaken">What could not be taken, with its values.</param>
    internal sealed record Origin(string File, InfotextDocument Document, IReadOnlyList<string> NotTaken);
}
