using Microsoft.AspNetCore.Components;

namespace RegionWebUI.Components.TextToImage;

/// <summary>A part of the page that follows its <see cref="Workbench"/>.</summary>
public abstract class BenchComponent : LiveComponent
{
    [Inject]
    internal Workbench Bench { get; set; } = null!;
}
