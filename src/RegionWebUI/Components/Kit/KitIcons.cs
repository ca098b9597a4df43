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
        KitIcon.Remove => Icons.Material.Filled.Close,
        KitIcon.Up => Icons.Material.Filled.KeyboardArrowUp,
        KitIcon.Down => Icons.Material.Filled.KeyboardArrowDown,
        KitIcon.Refresh => Icons.Material.Filled.Refresh,
        KitIcon.Picture => Icons.Material.Filled.Image,
        KitIcon.Settings => Icons.Material.Filled.Tune,
        KitIcon.ReadIn => Icons.Material.Filled.SouthWest,
        _ => Icons.Material.Filled.Download,
    };
}
