using MudBlazor;

namespace RegionWebUI.Components.Kit;

/// <summary>The palette of wwwroot/app.css in the form that the component library wants.</summary>
internal static class KitTheme
{
    private static readonly string[] _fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"];

    /// <summary>Dark; one accent.</summary>
    internal static MudTheme Theme { get; } = new()
    {
        PaletteDark = new PaletteDark
        {
            Primary = "#3d6fd6",
            PrimaryContrastText = "#ffffff",
            Background = "#131519",
            Surface = "#1a1d23",
            TextPrimary = "#e7eaf0",
            TextSecondary = "#a7b0bf",
            TextDisabled = "#8b95a5",
            ActionDefault = "#c3cad6",
            ActionDisabled = "#8b95a5",
            ActionDisabledBackground = "#262b34",
            LinesDefault = "#313743",
            Error = "#ff9b93",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = _fonts, FontSize = "0.875rem" },
            Button = new ButtonTypography { FontFamily = _fonts, FontSize = "0.875rem", FontWeight = "600", TextTransform = "none" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
    };
}
