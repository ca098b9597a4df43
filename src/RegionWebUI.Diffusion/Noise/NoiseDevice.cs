namespace RegionWebUI.Diffusion.Noise;

/// <summary>Whose random numbers a seed stands for; A1111's "Random number generator source".</summary>
internal enum NoiseDevice
{
    /// <summary>PyTorch's CPU generator.</summary>
    Cpu,

    /// <summary>An Nvidia GPU's generator.</summary>
    Nv,
}
