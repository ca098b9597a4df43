using RegionWebUI.Sdk;

namespace CfgRescale;

/// <summary>The extension's one parameter.</summary>
internal sealed class CfgRescaleOptions
{
    /// <summary>phi of Eq. (16): 0 does nothing.</summary>
    [RunParameter("Rescale", Minimum = 0, Maximum = 1, Step = 0.05,
        Help = "How far guidance is brought back to the contrast of the prompt alone; 0 is off, the paper takes 0.7.")]
    public double Factor { get; set; }
}
