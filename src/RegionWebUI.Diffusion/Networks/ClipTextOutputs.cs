namespace RegionWebUI.Diffusion.Networks;

/// <summary>Which results of a text model are wanted; what is not asked for is not computed.</summary>
[Flags]
internal enum ClipTextOutputs
{
    /// <summary><c>last_hidden_state</c> [N, 77, D], after the final layer norm: what SD1 eats.</summary>
    LastHiddenState = 1,

    /// <summary><c>penultimate</c> [N, 77, D]: before the last layer, without the final norm.</summary>
    Penultimate = 2,

    /// <summary><c>pooler_output</c> [N, D]: the last hidden state at the end token. Needs the input <c>eos_position</c> [N, 1].</summary>
    Pooled = 4,

    /// <summary><c>text_embeds</c> [N, P]: the projected pooled output. Needs the input <c>eos_position</c> [N, 1].</summary>
    Projected = 8,
}
