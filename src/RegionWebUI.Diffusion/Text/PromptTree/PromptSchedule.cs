using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>A text and the last step that uses it.</summary>
/// <param name="LastStep">From 1.</param>
/// <param name="Text">The text, with brackets and weights still in it.</param>
internal sealed record ScheduleEntry(int LastStep, SourcedText Text);

/// <summary>The texts of one sub-prompt over the steps; never empty, in order.</summary>
internal sealed class PromptSchedule
{
    private PromptSchedule(ImmutableArray<ScheduleEntry> entries) => Entries = entries;

    /// <summary>The texts. Neighbours may be equal.</summary>
    public ImmutableArray<ScheduleEntry> Entries { get; }

    /// <summary>Resolves schedules and alternations.</summary>
    /// <param name="clean">The text that the nodes' clean spans count in.</param>
    /// <param name="content">Nodes of one sub-prompt.</param>
    /// <param name="settings">Steps of the run.</param>
    /// <exception cref="PromptException">A switch step is too large to be a number.</exception>
    public static PromptSchedule Of(SourcedText clean, ImmutableArray<PromptNode> content, ScheduleSettings settings)
    {
        var origin = content.IsEmpty ? 0 : content[0].Span.Start;
        return new([.. LastSteps(content, settings).Select(step => new ScheduleEntry(step, At(clean, content, settings, step, origin)))]);
    }

    /// <summary>Index of the text for a model call.</summary>
    /// <param name="call">From 0: as in the original, a switch after step n shows in call n + 1; past the end it is the first text again.</param>
    public int IndexAt(int call)
    {
        var (low, high) = (0, Entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = call <= Entries[middle].LastStep ? (low, middle) : (middle + 1, high);
        }

        return low < Entries.Length ? low : 0;
    }

    private static SortedSet<int> LastSteps(ImmutableArray<PromptNode> content, ScheduleSettings settings)
    {
        var steps = new SortedSet<int> { settings.PassSteps };
        foreach (var node in content.SelectMany(node => node.WithDescendants()))
        {
            if (node is AlternationNode)
            {
                steps.UnionWith(Enumerable.Range(1, settings.PassSteps));
            }
            else if (node is ScheduleNode schedule && settings.SwitchStep(schedule.When) is var step && step >= 1)
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    private static SourcedText At(SourcedText clean, ImmutableArray<PromptNode> content, ScheduleSettings settings, int step, int origin)
    {
        var text = new SourcedText.Builder(origin);
        var open = new Stack<(ImmutableArray<PromptNode> Nodes, int Next)>();
        open.Push((content, 0));
        while (open.TryPop(out var place))
        {
            if (place.Next == place.Nodes.Length)
            {
                continue;
            }

            var node = place.Nodes[place.Next];
            open.Push((place.Nodes, place.Next + 1));
            switch (node)
            {
                case { IsToken: true }:
                    text.Append(clean, node.Clean.Start, node.Clean.End);
                    break;
                case ScheduleNode schedule:
                    open.Push((step <= settings.SwitchStep(schedule.When) ? schedule.Before : schedule.After, 0));
                    break;
                case AlternationNode alternation:
                    open.Push((alternation.Options[(step - 1) % alternation.Options.Length], 0));
                    break;
                default:
                    open.Push((node.Children, 0));
                    break;
            }
        }

        return text.Build();
    }
}
