namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>
/// A .safetensors file breaks a rule of its format. The message is one sentence that names the file, the tensor where there is one, and the reason.
/// </summary>
internal sealed class SafetensorsFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
