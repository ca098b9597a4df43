namespace RegionWebUI.Diffusion.Text;

/// <summary>One token of a prompt.</summary>
/// <param name="Id">Its id in the vocabulary.</param>
/// <param name="Start">First UTF-16 unit of the prompt that it stands for.</param>
/// <param name="End">The unit after. Always whole characters: tokens that share the bytes of one character have the same span.</param>
internal readonly record struct ClipToken(int Id, int Start, int End);
