using System.Collections.Immutable;
using System.Text;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>A text cut and pasted from a prompt, in the prompt's order, that knows where each of its characters stood.</summary>
internal sealed class SourcedText
{
    private readonly ImmutableArray<Piece> _pieces;
    private readonly int _origin;

    private SourcedText(string text, ImmutableArray<Piece> pieces, int origin)
    {
        Text = text;
        _pieces = pieces;
        _origin = origin;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>A whole prompt.</summary>
    public static SourcedText Of(string prompt) => new(prompt, prompt.Length == 0 ? [] : [new Piece(0, prompt.Length, 0)], 0);

    /// <summary>Where a unit stood in the prompt.</summary>
    public int SourceOf(int index)
    {
        var piece = _pieces[PieceAt(index)];
        return piece.Source + index - piece.Start;
    }

    /// <summary>The stretch of the prompt from the first to the last unit of a range, with whatever was cut out between them.</summary>
    public TextSpan SourceOf(int start, int end)
    {
        if (start < end)
        {
            return new TextSpan(SourceOf(start), SourceOf(end - 1) + 1);
        }

        var at = start < Text.Length ? SourceOf(start) : Text.Length > 0 ? SourceOf(Text.Length - 1) + 1 : _origin;
        return new TextSpan(at, at);
    }

    /// <summary>A range of the text.</summary>
    public SourcedText Slice(int start, int end)
    {
        var builder = new Builder(SourceOf(start, start).Start);
        builder.Append(this, start, end);
        return builder.Build();
    }

    private int PieceAt(int index)
    {
        var (low, high) = (0, _pieces.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _pieces[middle].Start <= index ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private readonly record struct Piece(int Start, int Length, int Source);

    /// <summary>Collects the pieces of a text.</summary>
    /// <param name="origin">Where in the prompt a text without characters stands.</param>
    internal sealed class Builder(int origin)
    {
        private readonly StringBuilder _text = new();
        private readonly ImmutableArray<Piece>.Builder _pieces = ImmutableArray.CreateBuilder<Piece>();

        /// <summary>Adds a range of another text.</summary>
        public void Append(SourcedText other, int start, int end)
        {
            for (var piece = start < end ? other.PieceAt(start) : 0; start < end; piece++)
            {
                var (first, length, source) = other._pieces[piece];
                var stop = Math.Min(end, first + length);
                Add(other.Text.AsSpan(start, stop - start), source + start - first);
                start = stop;
            }
        }

        /// <summary>Adds one character that stands for the one at a place of the prompt.</summary>
        public void Append(char character, int source) => Add([character], source);

        /// <summary>The text.</summary>
        public SourcedText Build() => new(_text.ToString(), _pieces.ToImmutable(), origin);

        private void Add(ReadOnlySpan<char> text, int source)
        {
            if (_pieces.Count > 0 && _pieces[^1] is var last && last.Source + last.Length == source)
            {
                _pieces[^1] = last with { Length = last.Length + text.Length };
            }
            else
            {
                _pieces.Add(new Piece(_text.Length, text.Length, source));
            }

            _text.Append(text);
        }
    }
}
