namespace RegionWebUI.Onnx.Runtime;

/// <summary>What a session was built for. Shapes are literal, so every size is a session of its own.</summary>
/// <param name="Network">Network of the loaded model: unet, vae-decoder, text-encoder.</param>
/// <param name="Batch">Rows per call.</param>
/// <param name="Height">Height in cells or pixels, as the network counts.</param>
/// <param name="Width">Width likewise.</param>
/// <param name="Chunks">77-token chunks; 0 where the network takes no prompt.</param>
public readonly record struct SessionKey(string Network, int Batch, int Height, int Width, int Chunks);
