using System.Buffers;
using System.Collections.Immutable;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>
/// Reads brackets, schedules and alternations of one sub-prompt in one pass. Groups are only read as schedules where the original's grammar
/// has exactly one way to do so; a lone bar or an unfinished escape makes it give up all of them.
/// </summary>
/// <param name="writer">Makes the nodes.</param>
/// <param name="schedules">False when a first pass found that the original gives up.</param>
internal sealed class ContentParser(NodeWriter writer, bool schedules)
{
    private static readonly SearchValues<char> _special = SearchValues.Create(@"\()[]:|");

    private readonly List<BracketFrame> _frames = [new BracketFrame('\0')];
    private int _openRound;
    private int _openSquare;
    private int _bars;
    private bool _hasBadEscape;

    /// <summary>Whether the original gives up reading schedules: then all brackets are emphasis.</summary>
    public bool IsLiteral => _bars > 0 || _hasBadEscape;

    private BracketFrame Top => _frames[^1];

    /// <summary>The nodes of a range of the text.</summary>
    public ImmutableArray<PromptNode> Read(int start, int end)
    {
        for (var at = start; at < end;)
        {
            at = ReadToken(at, end);
        }

        Unwind(0);
        return [.. Top.Items];
    }

    private int ReadToken(int at, int end)
    {
        var character = writer.Text[at];
        switch (character)
        {
            case '\\':
                return ReadEscape(at, end);
            case '(' or '[':
                Open(character, at);
                return at + 1;
            case ')' or ']':
                Close(character == ')' ? '(' : '[', at);
                return at + 1;
            case ':' or '|':
                Top.Bars += character == '|' ? 1 : 0;
                _bars += character == '|' ? 1 : 0;
                writer.Add(Top.Items, character == '|' ? TokenKind.Bar : TokenKind.Colon, at, at + 1);
                Top.Separators.Add(Top.Items.Count - 1);
                return at + 1;
            default:
                return ReadText(at, end);
        }
    }

    private int ReadEscape(int at, int end)
    {
        var isBad = at + 1 >= end || writer.Text[at + 1] == '\n';
        _hasBadEscape |= isBad;
        var pair = at + 2 < end && char.IsSurrogatePair(writer.Text[at + 1], writer.Text[at + 2]);
        var stop = at + (isBad ? 1 : pair ? 3 : 2);
        writer.Add(Top.Items, TokenKind.Escape, at, stop);
        return stop;
    }

    private int ReadText(int at, int end)
    {
        var length = writer.Text.AsSpan(at, end - at).IndexOfAny(_special);
        var stop = length < 0 ? end : at + length;
        for (var word = at; word >= 0 && word < stop;)
        {
            word = writer.Text.IndexOf("BREAK", word, stop - word, StringComparison.Ordinal);
            if (word >= 0 && PythonText.HasWord(writer.Text, "BREAK", word, at, stop))
            {
                writer.AddText(Top.Items, at, word);
                writer.Add(Top.Items, TokenKind.Break, word, word + 5);
                at = word + 5;
            }

            word = word < 0 ? word : word + 5;
        }

        writer.AddText(Top.Items, at, stop);
        return stop;
    }

    private void Open(char bracket, int at)
    {
        writer.AddRemoved(Top.Items, at);
        var frame = new BracketFrame(bracket);
        writer.Add(frame.Items, TokenKind.Open, at, at + 1);
        _frames.Add(frame);
        Count(bracket, 1);
    }

    private void Close(char bracket, int at)
    {
        if ((bracket == '(' ? _openRound : _openSquare) == 0)
        {
            writer.Add(Top.Items, TokenKind.Close, at, at + 1);
            Top.IsWhole = false;
            return;
        }

        Unwind(_frames.FindLastIndex(frame => frame.Bracket == bracket));
        var closed = Top;
        writer.Add(closed.Items, TokenKind.Close, at, at + 1);
        _frames.RemoveAt(_frames.Count - 1);
        Count(bracket, -1);
        var group = bracket == '(' ? Round(closed) : Square(closed);
        Top.Items.Add(group.Node);
        Top.IsWhole &= group.IsWhole;
    }

    // Moves every frame above one into it, lowest first, so that no node is moved twice.
    private void Unwind(int target)
    {
        for (var i = target + 1; i < _frames.Count; i++)
        {
            _frames[target].Absorb(_frames[i]);
            Count(_frames[i].Bracket, -1);
        }

        _frames.RemoveRange(target + 1, _frames.Count - target - 1);
    }

    private void Count(char bracket, int change)
    {
        _openRound += bracket == '(' ? change : 0;
        _openSquare += bracket == '[' ? change : 0;
    }

    private (PromptNode Node, bool IsWhole) Round(BracketFrame frame)
    {
        var isWhole = frame.IsWhole && frame.Bars == 0 && frame.Separators.Count <= 1;
        var number = LastColon(frame) is { } range && NumberText.Weight(writer.Text, range.Start, range.End) is { } found
            ? MakeNumber(frame, found, range)
            : null;
        return (Emphasis(frame, number?.Value ?? 1.1, number), isWhole);
    }

    private (PromptNode Node, bool IsWhole) Square(BracketFrame frame)
    {
        var count = frame.Separators.Count;
        if (count == 0 || !frame.IsWhole || !schedules)
        {
            return (Emphasis(frame, 1 / 1.1, null), frame.IsWhole && count == 0);
        }

        var end = frame.Items.Count - 1;
        if (frame.Bars == count)
        {
            _bars -= count;
            ImmutableArray<ImmutableArray<PromptNode>> options = [.. Enumerable.Range(0, count + 1).Select(i => frame.Part(i, end))];
            return (new AlternationNode(options, Span(frame), Clean(frame), [.. frame.Items]), true);
        }

        if (frame.Bars > 0 || count > 2 || LastColon(frame) is not { } range
            || NumberText.Switch(writer.Text, range.Start, range.End) is not { } found)
        {
            return (Emphasis(frame, 1 / 1.1, null), false);
        }

        var before = count == 2 ? frame.Part(0, end) : [];
        var after = frame.Part(count - 1, end);
        var when = MakeNumber(frame, found, range);
        return (new ScheduleNode(before, after, when, Span(frame), Clean(frame), [.. frame.Items]), true);
    }

    // The text between the last separator, if that is a colon, and the closing bracket.
    private static TextSpan? LastColon(BracketFrame frame) =>
        frame.Separators.Count > 0 && frame.Items[frame.Separators[^1]] is TokenNode { Kind: TokenKind.Colon } colon
            ? new TextSpan(colon.Clean.End, frame.Items[^1].Clean.Start)
            : null;

    // What was read as text turns out to be a number.
    private NumberNode MakeNumber(BracketFrame frame, TextSpan found, TextSpan range)
    {
        var first = frame.Separators[^1] + 1;
        var parts = frame.Items.GetRange(first, frame.Items.Count - 1 - first);
        ImmutableArray<PromptNode> inside = [.. parts.Where(part => part is NetworkTagNode or CommentNode)];
        var number = new NumberNode(
            writer.Text[found.Start..found.End], new TextSpan(parts[0].Span.Start, parts[^1].Span.End), range, inside);
        frame.Items.RemoveRange(first, parts.Count);
        frame.Items.Insert(first, number);
        return number;
    }

    private static EmphasisNode Emphasis(BracketFrame frame, double factor, NumberNode? number) =>
        new(factor, number, Span(frame), Clean(frame), [.. frame.Items]);

    private static TextSpan Span(BracketFrame frame) => new(frame.Items[0].Span.Start, frame.Items[^1].Span.End);

    private static TextSpan Clean(BracketFrame frame) => new(frame.Items[0].Clean.Start, frame.Items[^1].Clean.End);
}
