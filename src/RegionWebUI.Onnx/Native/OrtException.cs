namespace RegionWebUI.Onnx.Native;

/// <summary>A call of ONNX Runtime failed; the message is its own.</summary>
internal sealed class OrtException(string message) : Exception(message);
