using RegionWebUI.Host.Gallery;

namespace RegionWebUI.Components.TextToImage;

/// <summary>The one picture in the middle of the page.</summary>
/// <param name="Source">Its address.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Alt">What it shows, in words.</param>
/// <param name="TestId"><c>preview</c> of a run, <c>result</c>, or <c>previous</c> while a run has no preview yet.</param>
internal sealed record StageView(string Source, int Width, int Height, string Alt, string TestId)
{
    /// <summary>Its look.</summary>
    internal string Class => TestId == "previous" ? "picture picture-stale" : "picture";

    /// <summary>What the page shows now, or null when there is nothing.</summary>
    internal static StageView? Of(Workbench bench)
    {
        if (bench is { ShowsLive: true, Live: { Preview: > 0 } live })
        {
            var (width, height) = (live.Request.Width ?? 1, live.Request.Height ?? 1);
            return new StageView(
                $"/api/v1/jobs/{live.Id}/preview?n={live.Preview}", width, height, "Preview of the picture in the making", "preview");
        }

        return bench.Shown is { } entry
            ? new StageView(Address(entry), entry.Width, entry.Height, Wording.Alt(entry), bench.ShowsLive ? "previous" : "result")
            : null;
    }

    /// <summary>Address of a kept picture.</summary>
    internal static string Address(GalleryEntry entry) => $"/api/v1/pictures/{entry.Id}";
}
