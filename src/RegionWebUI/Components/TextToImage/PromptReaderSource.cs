using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Text;

namespace RegionWebUI.Components.TextToImage;

/// <summary>
/// The reader of the loaded model's prompts, opened once when first asked for: it only helps while people type, so a model whose tokenizer
/// cannot be opened has no counter, and the run itself says what is wrong.
/// </summary>
/// <param name="open">Opens it; null when there is none.</param>
/// <param name="warn">Takes one sentence when it cannot be opened.</param>
internal sealed class PromptReaderSource(Func<IPromptReader>? open, Action<string> warn)
{
    private readonly Lazy<IPromptReader?> _reader = new(() => Open(open, warn));

    /// <summary>No reader.</summary>
    internal static PromptReaderSource None { get; } = new(null, _ => { });

    /// <summary>Reads a prompt as a run would: its marks are those of what was typed, its tokens those of what the run gets.</summary>
    /// <returns>Null when there is no reader.</returns>
    internal PromptReading? Read(PromptQuestion question)
    {
        if (_reader.Value is not { } reader)
        {
            return null;
        }

        var typed = reader.Read(question.Prompt, question.IsNegative, question.Steps, question.Settings);
        if (question.Styled == question.Prompt)
        {
            return typed;
        }

        var styled = reader.Read(question.Styled, question.IsNegative, question.Steps, question.Settings);
        return typed with { Tokens = styled.Tokens, Capacity = styled.Capacity };
    }

    private static IPromptReader? Open(Func<IPromptReader>? open, Action<string> warn)
    {
        try
        {
            return open?.Invoke();
        }
        catch (ModelException error)
        {
            warn($"Prompts are not counted while they are typed: {error.Message}");
            return null;
        }
    }
}
