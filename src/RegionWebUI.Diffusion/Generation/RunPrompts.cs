using System.Runtime.CompilerServices;
using RegionWebUI.Diffusion.Denoising;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>What each model call of a run is conditioned on. Calls of the same texts share their objects.</summary>
/// <param name="calls">The rows of each call; the last entry is also that of all calls after it. One entry at least.</param>
internal sealed class RunPrompts(IReadOnlyList<IReadOnlyList<PromptRow>> calls)
{
    /// <summary>Whether either prompt got empty chunks to be as long as the other.</summary>
    public bool PadsConds { get; init; }

    /// <summary>The same prompt in all calls.</summary>
    /// <param name="positive">Conditioning of the prompt.</param>
    /// <param name="negative">Conditioning of the negative prompt.</param>
    /// <param name="cfgScale">Classifier-free guidance scale.</param>
    public static RunPrompts Constant(Conditioning positive, Conditioning negative, double cfgScale) =>
        new([[new PromptRow(positive, negative, cfgScale)]]);

    /// <summary>The rows of a call, at least one.</summary>
    /// <param name="call">From 0.</param>
    public IReadOnlyList<PromptRow> At(int call) => calls[Math.Min(call, calls.Count - 1)];

    /// <summary>The default rows of a call: for every lane one whole-frame row per sub-prompt. Made once for all calls that share them.</summary>
    /// <param name="layout">The lanes.</param>
    public Func<int, IReadOnlyList<DenoiseRow>> RowsOf(LaneLayout layout)
    {
        var made = new ConditionalWeakTable<IReadOnlyList<PromptRow>, IReadOnlyList<DenoiseRow>>();
        return call => made.GetValue(At(call), prompts => [.. layout.Lanes.SelectMany(lane => prompts.Select((prompt, i) => new DenoiseRow(
            prompts.Count == 1 ? lane.Name : $"{lane.Name}, sub-prompt {i + 1}",
            lane,
            layout.WholeFrame,
            prompt.Positive,
            prompt.Negative,
            prompt.CfgScale)))]);
    }
}
