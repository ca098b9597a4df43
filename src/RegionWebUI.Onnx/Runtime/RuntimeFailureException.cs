namespace RegionWebUI.Onnx.Runtime;

/// <summary>ONNX Runtime or the device behind it failed. The message says what to try.</summary>
public sealed class RuntimeFailureException(string message, Exception? innerException = null) : Exception(message, innerException);
