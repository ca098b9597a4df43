using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Text;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Generation;

/// <summary>The words of a run, read and cut for every model call, before any network runs.</summary>
internal sealed class PromptPlan
{
    private const int MostChunks = 2048;

    private readonly GenerationRequest _request;
    private readonly PromptPair _pair;
    private readonly int _calls;

    private PromptPlan(GenerationRequest request, PromptPair pair, bool isGuided, PromptLanguage language)
    {
        (_request, _pair, IsGuided, Language) = (request, pair, isGuided, language);

        // Past the steps it was measured against, a schedule stands still.
        _calls = pair.IsConstant ? 1 : language.Schedule.PassSteps + 2;
    }

    /// <summary>How the prompts are read.</summary>
    public PromptLanguage Language { get; }

    /// <summary>Chunks of every text of the run.</summary>
    public int ChunkCount => _pair.ChunkCount;

    /// <summary>
    /// Whether the negative prompt is used. At a guidance scale of 1, eps_u + s (eps_c - eps_u) is eps_c, so it is not; but the sum that AND
    /// and weights of sub-prompts stand for keeps it wherever a sub-prompt's own scale is not 1, and some samplers want eps_u itself.
    /// </summary>
    public bool IsGuided { get; }

    /// <summary>Whether a lane is one model row.</summary>
    public bool IsOneRow => !IsGuided && _pair.Positive.Parts.Length == 1;

    /// <summary>Whether either prompt got empty chunks to be as long as the other.</summary>
    public bool PadsConds => IsGuided && _pair.IsPadded;

    /// <summary>Reads the prompts of a request.</summary>
    /// <param name="tokenizer">Of the text encoder.</param>
    /// <param name="request">The request.</param>
    /// <param name="sampler">Its sampler.</param>
    /// <exception cref="BadInputException">A number in a prompt cannot be used, or the texts of the run are too many.</exception>
    public static PromptPlan Of(ClipTokenizer tokenizer, GenerationRequest request, Sampler sampler)
    {
        var language = PromptLanguage.Of(request, sampler);
        var positive = PromptSyntax.Parse(request.Prompt, PromptOptions.Positive);
        var isGuided = positive.SubPrompts.Any(part => sampler.RunsNegative(request.CfgScale * part.Weight * positive.SubPrompts.Length));

        // A negative prompt that is not run must not add chunks to the other either.
        var negative = PromptSyntax.Parse(isGuided ? request.NegativePrompt : "", PromptOptions.Negative);
        var (with, without) = (Read(positive), Read(negative));
        RequireRoom(with, without);
        var pair = PromptPair.Of(tokenizer, positive, negative, syntax => syntax == positive ? with : without);
        return new PromptPlan(request, pair, isGuided, language);

        PromptProgram Read(PromptSyntax syntax)
        {
            var (field, label) = syntax == positive
                ? (nameof(request.Prompt), "The prompt")
                : (nameof(request.NegativePrompt), "The negative prompt");
            try
            {
                foreach (var part in syntax.SubPrompts.Where(part => part.Number is not null))
                {
                    PromptRules.RequireUsable(part.Weight, part.Number!.Span);
                }

                var program = language.Read(tokenizer, syntax);
                return program;
            }
            catch (PromptException error)
            {
                throw new BadInputException(field, PromptRules.At(label, error.Span, error.Message));
            }
        }
    }

    /// <summary>Runs the text encoder over all texts of the run.</summary>
    /// <param name="encoder">The text encoder.</param>
    /// <param name="cancellationToken">Ends the work between two ops.</param>
    public RunPrompts Encode(PromptEncoder encoder, CancellationToken cancellationToken)
    {
        var parts = _pair.Positive.Parts.Select(part => encoder.Encode(part.Texts, _request.TextSettings, cancellationToken)).ToList();
        var without = encoder.Encode(_pair.Negative.Parts[0].Texts, _request.TextSettings, cancellationToken);
        var known = new Dictionary<PromptStep, IReadOnlyList<PromptRow>>();
        return new RunPrompts([.. Enumerable.Range(0, _calls).Select(call =>
        {
            var step = _pair.At(call);
            if (!known.TryGetValue(step, out var rows))
            {
                known.Add(step, rows = [.. step.Positive.Select((prompt, i) => new PromptRow(
                    parts[i][prompt.Chunks], without[step.Negative], step.CfgScaleOf(i, _request.CfgScale)))]);
            }

            return rows;
        })])
        {
            PadsConds = PadsConds,
        };
    }

    // Every text is held as long as the longest, and AND holds those of each side.
    private static void RequireRoom(PromptProgram with, PromptProgram without)
    {
        var texts = with.Parts.Concat(without.Parts).Sum(part => part.Texts.Distinct().Count());
        var chunks = Math.Max(with.ChunkCount, without.ChunkCount);
        if ((long)texts * chunks > Math.Max(MostChunks, 2L * chunks))
        {
            throw new BadInputException(
                nameof(GenerationRequest.Prompt),
                $"The prompts come to {texts} texts of {chunks} chunks each over the run; together they may be at most {MostChunks} chunks.");
        }
    }
}
