using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>Writes tokens in the prompt's order and puts what was taken out of the text back between or inside them.</summary>
/// <param name="clean">The text without comments and tags.</param>
/// <param name="removed">Comments and tags, in order.</param>
internal sealed class NodeWriter(SourcedText clean, List<PromptNode> removed)
{
    /// <summary>How many of the removed nodes are written; set back to write a stretch once more.</summary>
    public int Place { get; set; }

    /// <summary>The text without comments and tags.</summary>
    public string Text => clean.Text;

    /// <summary>Adds text, cut where something was taken out of it.</summary>
    public void AddText(List<PromptNode> target, int start, int end)
    {
        while (start < end)
        {
            start = AddRemoved(target, start);
            if (start == end)
            {
                return;
            }

            var stop = Place < removed.Count ? Math.Min(end, removed[Place].Clean.Start) : end;
            target.Add(new TokenNode(TokenKind.Text, clean.SourceOf(start, stop), new TextSpan(start, stop), []));
            start = stop;
        }
    }

    /// <summary>Adds a token; what was taken out of it becomes its children.</summary>
    public void Add(List<PromptNode> target, TokenKind kind, int start, int end)
    {
        AddRemoved(target, start);
        target.Add(new TokenNode(kind, clean.SourceOf(start, end), new TextSpan(start, end), Inside(end)));
    }

    /// <summary>Adds a number with the white space around it.</summary>
    public NumberNode AddNumber(List<PromptNode> target, TextSpan number, int start, int end)
    {
        AddRemoved(target, start);
        var node = new NumberNode(Text[number.Start..number.End], clean.SourceOf(start, end), new TextSpan(start, end), Inside(end));
        target.Add(node);
        return node;
    }

    /// <summary>Adds what was taken out up to a place of the text.</summary>
    /// <returns>The place after it: one further on where a comment stands for a line end.</returns>
    public int AddRemoved(List<PromptNode> target, int upTo)
    {
        while (Place < removed.Count && removed[Place].Clean.Start <= upTo)
        {
            upTo = Math.Max(upTo, removed[Place].Clean.End);
            target.Add(removed[Place++]);
        }

        return upTo;
    }

    private ImmutableArray<PromptNode> Inside(int end)
    {
        var first = Place;
        while (Place < removed.Count && removed[Place].Clean.Start < end)
        {
            Place++;
        }

        return [.. removed.GetRange(first, Place - first)];
    }
}
