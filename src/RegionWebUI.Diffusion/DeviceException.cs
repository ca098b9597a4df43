namespace RegionWebUI.Diffusion;

/// <summary>A device is not there or failed while computing. The message says what to try.</summary>
public sealed class DeviceException(string message, Exception? innerException = null) : Exception(message, innerException);
