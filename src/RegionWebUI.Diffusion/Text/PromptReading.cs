namespace RegionWebUI.Diffusion.Text;

/// <summary>What a prompt comes to.</summary>
/// <param name="Tokens">Tokens of its longest text over the run; full chunks count whole, as in A1111's counter.</param>
/// <param name="Capacity">Tokens that fit into its chunks: 75, 150, ...</param>
/// <param name="Marks">What may surprise, in the prompt's order.</param>
public sealed record PromptReading(int Tokens, int Capacity, IReadOnlyList<PromptMark> Marks);
