namespace RegionWebUI.Diffusion;

/// <summary>A model folder is missing, half there, damaged or of a kind that is not supported. The message names the file and the reason.</summary>
public sealed class ModelException(string message, Exception? innerException = null) : Exception(message, innerException);
