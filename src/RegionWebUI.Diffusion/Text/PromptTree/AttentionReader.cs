using System.Buffers;
using System.Collections.Immutable;
using RegionWebUI.Diffusion.Checkpoints;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>
/// Weights of a resolved text. Round and square brackets are matched apart, so that they may cross; a bracket that is never closed holds to
/// the end. Factors are multiplied from the inside out, as the original does, because stretches of exactly equal weight become one.
/// </summary>
internal sealed class AttentionReader
{
    private const double Round = 1.1;
    private const double Square = 1 / 1.1;

    private static readonly SearchValues<char> _special = SearchValues.Create(@"\()[]:");

    private readonly SourcedText _source;
    private readonly string _text;
    private readonly List<TextSpan> _stretches = [];
    private readonly NestedWeights _weights = new();
    private readonly Stack<int> _round = new();
    private readonly Stack<int> _square = new();

    private AttentionReader(SourcedText source) => (_source, _text) = (source, source.Text);

    /// <summary>The stretches of a text, in order; at least one.</summary>
    /// <exception cref="PromptException">A weight is made of dots and digits but is no number.</exception>
    public static ImmutableArray<WeightedText> Read(SourcedText text)
    {
        var reader = new AttentionReader(text);
        for (var at = 0; at < text.Text.Length;)
        {
            at = reader.ReadToken(at);
        }

        foreach (var first in reader._round.Reverse())
        {
            reader._weights.Multiply(first, Round);
        }

        foreach (var first in reader._square.Reverse())
        {
            reader._weights.Multiply(first, Square);
        }

        return reader.Merged();
    }

    private int ReadToken(int at)
    {
        switch (_text[at])
        {
            case '\\':
                var escaped = at + 1 < _text.Length && _text[at + 1] is '(' or ')' or '[' or ']' or '\\' ? 1 : 0;
                Add(at + 1, at + 1 + escaped, 1);
                return at + 1 + escaped;
            case '(':
                _round.Push(_stretches.Count);
                return at + 1;
            case '[':
                _square.Push(_stretches.Count);
                return at + 1;
            case ':':
                return ReadColon(at);
            case ')' when _round.TryPop(out var first):
                _weights.Multiply(first, Round);
                return at + 1;
            case ']' when _square.TryPop(out var first):
                _weights.Multiply(first, Square);
                return at + 1;
            case ')' or ']':
                Add(at, at + 1, 1);
                return at + 1;
            default:
                var length = _text.AsSpan(at).IndexOfAny(_special);
                var end = length < 0 ? _text.Length : at + length;
                AddWords(at, end);
                return end;
        }
    }

    // Only a number with a bracket right after it is a weight, and only where a bracket is open.
    private int ReadColon(int at)
    {
        var start = PythonText.SkipSpace(_text, at + 1, _text.Length);
        var end = start < _text.Length && _text[start] is '+' or '-' ? start + 1 : start;
        while (end < _text.Length && (_text[end] == '.' || PythonText.IsDigit(_text[end])))
        {
            end++;
        }

        var close = PythonText.SkipSpace(_text, end, _text.Length);
        if (close == _text.Length || _text[close] != ')' || NumberText.Weight(_text, start, end) is null)
        {
            Add(at, at + 1, 1);
            return at + 1;
        }

        if (!_round.TryPop(out var first))
        {
            Add(at, close + 1, 1);
            return close + 1;
        }

        if (!PythonText.TryFloat(_text.AsSpan(start, end - start), out var factor))
        {
            throw new PromptException(
                $"The weight {UntrustedText.Quote(_text[start..end])} is not a number; write it with one dot, such as 1.2.",
                _source.SourceOf(start, end));
        }

        _weights.Multiply(first, factor);
        return close + 1;
    }

    private void AddWords(int start, int end)
    {
        var from = start;
        for (var at = start; at < end;)
        {
            at = _text.IndexOf("BREAK", at, end - at, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            var after = at + 5;
            if (PythonText.HasWord(_text, "BREAK", at, start, end))
            {
                Add(from, PythonText.SkipSpaceBack(_text, at, from), 1);
                Add(at, after, -1);
                from = PythonText.SkipSpace(_text, after, end);
            }

            at = after;
        }

        Add(from, end, 1);
    }

    private void Add(int start, int end, double weight)
    {
        _weights.Add(weight);
        _stretches.Add(new TextSpan(start, end));
    }

    private ImmutableArray<WeightedText> Merged()
    {
        if (_stretches.Count == 0)
        {
            return [new WeightedText(_source.Slice(0, 0), 1)];
        }

        var weights = _weights.Values;
        var merged = ImmutableArray.CreateBuilder<WeightedText>();
        for (var i = 0; i < _stretches.Count;)
        {
            var weight = weights[i];
            var text = new SourcedText.Builder(_source.SourceOf(_stretches[i].Start, _stretches[i].Start).Start);
            do
            {
                text.Append(_source, _stretches[i].Start, _stretches[i].End);
            }
            while (++i < _stretches.Count && weights[i] == weight);

            merged.Add(new WeightedText(text.Build(), weight));
        }

        return merged.ToImmutable();
    }
}
