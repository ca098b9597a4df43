namespace RegionWebUI.Imaging.Resampling;

/// <summary>How a resized picture's pixels are weighed from those under them. The numbers that come out are Pillow's.</summary>
public enum ResampleFilter
{
    /// <summary>The one pixel under the new pixel's centre.</summary>
    Nearest,

    /// <summary>The mean of the pixels under the new pixel.</summary>
    Box,

    /// <summary>A triangle, one pixel to either side.</summary>
    Bilinear,

    /// <summary>A sinc under a Hamming window, one pixel to either side: nearly as sharp as Bicubic, as quick as Bilinear.</summary>
    Hamming,

    /// <summary>A cubic with a = -0.5, two pixels to either side.</summary>
    Bicubic,

    /// <summary>A sinc under a sinc window, three pixels to either side.</summary>
    Lanczos,
}
