using System.Collections.Immutable;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Text.Chunks;
using RegionWebUI.Diffusion.Text.PromptTree;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Diffusion.Text;

/// <summary>Reads prompts with the tokenizer of a model; its networks are not opened. May be used by several threads.</summary>
public sealed class PromptReader : IPromptReader
{
    private readonly ClipTokenizer _tokenizer;

    private PromptReader(ClipTokenizer tokenizer) => _tokenizer = tokenizer;

    /// <summary>Opens the tokenizer of a model folder.</summary>
    /// <param name="modelFolder">Folder in the diffusers layout.</param>
    /// <exception cref="ModelException">The folder is no model, or a file of its tokenizer is missing or damaged.</exception>
    public static PromptReader Open(string modelFolder) => new(ClipTokenizer.Load(DiffusersFolder.TokenizerFolder(modelFolder)));

    /// <inheritdoc/>
    public PromptReading Read(string prompt, bool isNegative, int steps, TextSettings settings)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentNullException.ThrowIfNull(settings);
        if (PromptRules.TooLong("The prompt", prompt) is { } tooLong)
        {
            return Reading(0, [new PromptMark(0, prompt.Length, PromptMarkSeverity.Error, tooLong)]);
        }

        var syntax = PromptSyntax.Parse(prompt, isNegative ? PromptOptions.Negative : PromptOptions.Positive);
        var schedule = new ScheduleSettings(steps, IsOld: settings.OldSchedules);
        var marks = PromptRules.Diagnostics(syntax, schedule, settings.Emphasis).Select(MarkOf).Concat(syntax.NetworkTags.Select(LeftOut)).ToList();
        var tokens = 0;
        try
        {
            tokens = PromptProgram.Of(syntax, schedule, text => Cut(text, settings.Emphasis)).TokenCount;
        }
        catch (PromptException error)
        {
            // No picture comes of such a prompt; its length as plain text is still worth seeing.
            tokens = Cut(syntax.Clean, EmphasisMode.None).TokenCount;
            if (!marks.Exists(mark => mark.Severity == PromptMarkSeverity.Error))
            {
                marks.Add(new PromptMark(error.Span.Start, error.Span.Length, PromptMarkSeverity.Error, error.Message));
            }
        }

        return Reading(tokens, [.. marks.OrderBy(mark => mark.Start)]);
    }

    private WeightedChunks Cut(SourcedText text, EmphasisMode emphasis) =>
        WeightedChunks.Of(_tokenizer, text, new ChunkOptions(Emphasis: emphasis), TextualInversions.Empty);

    private PromptReading Reading(int tokens, ImmutableArray<PromptMark> marks)
    {
        var room = _tokenizer.ModelMaxLength - 2;
        return new PromptReading(tokens, Math.Max(1, (tokens + room - 1) / room) * room, marks);
    }

    private static PromptMark MarkOf(PromptDiagnostic diagnostic) => new(
        diagnostic.Span.Start,
        diagnostic.Span.Length,
        diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => PromptMarkSeverity.Error,
            DiagnosticSeverity.Warning => PromptMarkSeverity.Warning,
            _ => PromptMarkSeverity.Hint,
        },
        diagnostic.Message);

    private static PromptMark LeftOut(NetworkTagNode tag) => new(
        tag.Span.Start,
        tag.Span.Length,
        PromptMarkSeverity.Warning,
        PromptRules.LeftOut(tag));
}
