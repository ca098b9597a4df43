namespace RegionWebUI.Graph;

/// <summary>
/// A trained tensor that stays in the user's checkpoint file. The graph names it; the runtime binds it by offset.
/// Its value is float32 whatever the file holds, and its shape may be a reshape of the stored one (same element count).
/// </summary>
/// <param name="Name">Name of the tensor in the checkpoint, in the diffusers spelling.</param>
/// <param name="Value">The value it defines.</param>
public sealed record Weight(string Name, Value Value);
