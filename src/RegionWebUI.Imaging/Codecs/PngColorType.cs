namespace RegionWebUI.Imaging.Codecs;

/// <summary>What a pixel is made of, by the number in the file (PNG specification, table 11.1).</summary>
internal enum PngColorType
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}
