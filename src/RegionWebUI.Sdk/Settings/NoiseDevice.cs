namespace RegionWebUI.Sdk.Settings;

/// <summary>Whose random numbers a seed stands for; A1111's "Random number generator source".</summary>
public enum NoiseDevice
{
    /// <summary>PyTorch's CPU generator.</summary>
    Cpu,

    /// <summary>An Nvidia GPU's generator.</summary>
    Nv,
}
