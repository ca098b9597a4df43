namespace RegionWebUI.Diffusion.Text;

/// <summary>
/// How a prompt is cleaned before CLIP's words are cut. The original tokenizers repair broken text first (the ftfy library), which none of
/// these does: for text that needs no repair the ids are the same.
/// </summary>
internal enum ClipCleaning
{
    /// <summary>As transformers' fast tokenizer: form C, lower case character by character.</summary>
    Fast,

    /// <summary>As transformers' slow tokenizer, which A1111 uses: lower case as in Python.</summary>
    Transformers,

    /// <summary>As openai's own: character references of HTML are resolved, then as <see cref="Transformers"/>.</summary>
    OpenAi,
}
