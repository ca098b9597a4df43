namespace RegionWebUI.Onnx.Runtime;

/// <summary>A weight is missing or does not fit the network. The message names the weight and the reason.</summary>
public sealed class WeightException(string message) : Exception(message);
