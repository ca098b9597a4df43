namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>One tensor of a network and the file that holds it.</summary>
/// <param name="File">The file.</param>
/// <param name="Tensor">Its place there.</param>
internal readonly record struct Weight(SafetensorsFile File, SafetensorsTensor Tensor)
{
    /// <summary>Values as float32, row-major.</summary>
    /// <exception cref="SafetensorsFormatException">It does not hold floats, or the file has changed since it was opened.</exception>
    public float[] ReadFloats(CancellationToken cancellationToken = default) => File.ReadFloats(Tensor.Name, cancellationToken);
}
