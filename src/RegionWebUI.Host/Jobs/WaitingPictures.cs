using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Jobs;

/// <summary>The memory of the pictures that jobs start from while they wait.</summary>
internal static class WaitingPictures
{
    /// <summary>Most bytes of them: room for dozens of large photographs, and no way to fill the memory through the queue.</summary>
    public const long MaxBytes = 1L << 30;

    /// <summary>Bytes of the pictures and masks of some requests; what several requests share counts once.</summary>
    public static long Bytes(IEnumerable<GenerationRequest> requests)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        long bytes = 0;
        foreach (var request in requests)
        {
            bytes += request.Init is { } picture && seen.Add(picture) ? picture.Rgb.Length : 0;
            bytes += request.Mask is { } mask && seen.Add(mask) ? (long)mask.Values.Length * sizeof(float) : 0;
        }

        return bytes;
    }
}
