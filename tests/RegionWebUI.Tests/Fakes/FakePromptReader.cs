using RegionWebUI.Diffusion.Text;
using RegionWebUI.Sdk.Settings;

namespace RegionWebUI.Tests.Fakes;

/// <summary>Counts words as tokens and marks each '(' without a ')' after it as an error, each "lora" as a hint.</summary>
internal sealed class FakePromptReader : IPromptReader
{
    private readonly Lock _gate = new();
    private readonly List<(string Prompt, bool IsNegative, int Steps, TextSettings Settings)> _asked = [];

    /// <summary>Called with each prompt before it is answered, on the thread that reads.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public IReadOnlyList<(string Prompt, bool IsNegative, int Steps, TextSettings Settings)> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    public PromptReading Read(string prompt, bool isNegative, int steps, TextSettings settings)
    {
        lock (_gate)
        {
            _asked.Add((prompt, isNegative, steps, settings));
        }

        Before(prompt);
        var tokens = prompt.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
        var marks = new List<PromptMark>();
        if (prompt.LastIndexOf('(') is >= 0 and var open && prompt.IndexOf(')', open) < 0)
        {
            marks.Add(new PromptMark(open, prompt.Length - open, PromptMarkSeverity.Error, "The bracket is not closed: write ) after it."));
        }

        if (prompt.IndexOf("lora", StringComparison.Ordinal) is >= 0 and var lora)
        {
            marks.Add(new PromptMark(lora, 4, PromptMarkSeverity.Hint, "This is a word and loads nothing."));
        }

        return new PromptReading(tokens, Math.Max(1, (tokens + 74) / 75) * 75, marks);
    }
}
