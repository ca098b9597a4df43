namespace RegionWebUI.Sdk.Settings;

/// <summary>How UniPC weighs its past predictions; A1111's "UniPC variant".</summary>
public enum UniPcVariant
{
    /// <summary>B(h) = h.</summary>
    Bh1,

    /// <summary>B(h) = exp(h) - 1.</summary>
    Bh2,

    /// <summary>Weights solved for in every case.</summary>
    VaryCoefficients,
}
