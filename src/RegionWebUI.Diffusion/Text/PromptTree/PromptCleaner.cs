using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>Takes comments, then network tags out of a prompt, and keeps them as nodes.</summary>
internal static class PromptCleaner
{
    /// <summary>The text that is left, and what was taken out, in the prompt's order; comments inside a tag are its children.</summary>
    public static (SourcedText Clean, List<PromptNode> Removed) Clean(string prompt, PromptOptions options)
    {
        var (text, comments) = options.Comments ? WithoutComments(prompt) : (SourcedText.Of(prompt), []);
        var (clean, tags) = options.NetworkTags ? WithoutTags(text) : (text, []);
        return (clean, Placed(clean, comments, tags));
    }

    // A whole line goes with its line end; a comment after text, or right after another whole line, leaves its line end.
    private static (SourcedText Text, List<TextSpan> Comments) WithoutComments(string prompt)
    {
        var source = SourcedText.Of(prompt);
        var builder = new SourcedText.Builder(0);
        var comments = new List<TextSpan>();
        var (done, lineEndTaken) = (0, -1);
        for (var start = prompt.IndexOf('#'); start >= 0; start = done < prompt.Length ? prompt.IndexOf('#', done) : -1)
        {
            builder.Append(source, done, start);
            var lineEnd = prompt.IndexOf('\n', start);
            var wholeLine = start > 0 && prompt[start - 1] == '\n' && lineEndTaken != start - 1;
            done = lineEnd < 0 ? prompt.Length : wholeLine ? lineEnd + 1 : lineEnd;
            if (lineEnd < 0 && !wholeLine)
            {
                builder.Append('\n', start);
            }
            else if (start == 0 || wholeLine)
            {
                lineEndTaken = lineEnd;
            }

            comments.Add(new TextSpan(start, done));
        }

        builder.Append(source, done, prompt.Length);
        return (builder.Build(), comments);
    }

    private static (SourcedText Text, List<Tag> Tags) WithoutTags(SourcedText text)
    {
        var builder = new SourcedText.Builder(0);
        var tags = new List<Tag>();
        var (done, close) = (0, 0);
        for (var start = text.Text.IndexOf('<'); start >= 0; start = text.Text.IndexOf('<', Math.Max(start + 1, done)))
        {
            var colon = start + 1 + PythonText.WordLength(text.Text, start + 1);
            if (colon == start + 1 || colon + 1 >= text.Text.Length || text.Text[colon] != ':' || text.Text[colon + 1] == '>')
            {
                continue;
            }

            close = Math.Max(close, colon + 1);
            close = text.Text[close] == '>' ? close : text.Text.IndexOf('>', close);
            if (close < 0)
            {
                break;
            }

            builder.Append(text, done, start);
            done = close + 1;
            tags.Add(new Tag(text.Text[(start + 1)..colon], text.Text[(colon + 1)..close], text.SourceOf(start, done)));
        }

        builder.Append(text, done, text.Text.Length);
        return (builder.Build(), tags);
    }

    private static List<PromptNode> Placed(SourcedText clean, List<TextSpan> comments, List<Tag> tags)
    {
        var removed = new List<PromptNode>(comments.Count + tags.Count);
        var (at, comment) = (0, 0);
        foreach (var tag in tags)
        {
            for (; comment < comments.Count && comments[comment].Start < tag.Span.Start; comment++)
            {
                removed.Add(Comment(comments[comment]));
            }

            var inside = ImmutableArray.CreateBuilder<PromptNode>();
            var place = Place(tag.Span.Start);
            for (; comment < comments.Count && comments[comment].Start < tag.Span.End; comment++)
            {
                inside.Add(new CommentNode(comments[comment], place));
            }

            removed.Add(new NetworkTagNode(tag.Name, [.. tag.Arguments.Split(':')], tag.Span, place, inside.ToImmutable()));
        }

        for (; comment < comments.Count; comment++)
        {
            removed.Add(Comment(comments[comment]));
        }

        return removed;

        CommentNode Comment(TextSpan span)
        {
            var place = Place(span.Start);
            var leavesLineEnd = place.Start < clean.Text.Length && clean.SourceOf(place.Start) == span.Start;
            return new CommentNode(span, leavesLineEnd ? place with { End = place.Start + 1 } : place);
        }

        TextSpan Place(int source)
        {
            while (at < clean.Text.Length && clean.SourceOf(at) < source)
            {
                at++;
            }

            return new TextSpan(at, at);
        }
    }

    private sealed record Tag(string Name, string Arguments, TextSpan Span);
}
