namespace RegionWebUI.Onnx.Lowering;

/// <summary>A lowered graph, ready to be loaded.</summary>
/// <param name="Bytes">The serialised model; weights are references into <paramref name="WeightFolder"/>.</param>
/// <param name="WeightFolder">Folder that external data is relative to; empty when there is none.</param>
/// <param name="ExternalBytes">Weight bytes that stay in the checkpoint's files.</param>
/// <param name="ComputeBytes">Bytes of the weights in the precision computed with.</param>
internal sealed record OnnxModel(byte[] Bytes, string WeightFolder, long ExternalBytes, long ComputeBytes);
