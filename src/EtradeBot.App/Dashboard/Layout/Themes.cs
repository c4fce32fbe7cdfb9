using MudBlazor;

namespace EtradeBot.App.Dashboard.Layout;

/// <summary>MudBlazor's colours and letters, the same as app.css has.</summary>
static class Themes
{
    static readonly string[] Letters = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif"];

    public static MudTheme Ours { get; } = new()
    {
        PaletteLight = new PaletteLight { Primary = "#0b5cad", Background = "#f6f7f9", Surface = "#ffffff", TextPrimary = "#14181f", TextSecondary = "#4a5462", Error = "#b3261e", Warning = "#8a5a00", Success = "#1b6e3c" },
        PaletteDark = new PaletteDark { Primary = "#6cb2ff", Background = "#101318", Surface = "#181c23", TextPrimary = "#e6eaf0", TextSecondary = "#a7b0be", Error = "#ff8a80", Warning = "#ffc46b", Success = "#7bd49b" },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Letters, FontSize = "0.875rem" } },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
    };
}
