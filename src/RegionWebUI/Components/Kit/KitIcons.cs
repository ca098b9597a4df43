using MudBlazor;

namespace RegionWebUI.Components.Kit;

/// <summary>The drawings behind the names.</summary>
internal static class KitIcons
{
    /// <summary>SVG content of an icon.</summary>
    internal static string Svg(KitIcon icon) => icon switch
    {
        KitIcon.Dice => Icons.Material.Filled.Casino,
        KitIcon.Reuse => Icons.Material.Filled.Replay,
        KitIcon.Swap => Icons.Material.Filled.SwapHoriz,
        KitIcon.Copy => Icons.Material.Filled.ContentCopy,
        _ => Icons.Material.Filled.Download,
    };
}
