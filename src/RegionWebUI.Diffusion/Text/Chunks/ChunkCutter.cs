using System.Collections.Immutable;
using RegionWebUI.Diffusion.Checkpoints;
using RegionWebUI.Diffusion.Text.PromptTree;

namespace RegionWebUI.Diffusion.Text.Chunks;

/// <summary>Fills chunks token by token. Embeddings are never split; a full chunk may give what follows its last comma to the next.</summary>
/// <param name="tokenizer">Gives tokens, and the ids around them.</param>
/// <param name="commaBacktrack">How far back the comma may stand.</param>
/// <param name="inversions">What may be named in the text.</param>
internal sealed class ChunkCutter(ClipTokenizer tokenizer, int commaBacktrack, TextualInversions inversions)
{
    private readonly ImmutableArray<WeightedChunk>.Builder _chunks = ImmutableArray.CreateBuilder<WeightedChunk>();
    private readonly List<(int Id, double Weight, TextSpan Source)> _open = [];
    private readonly List<EmbeddingSlot> _slots = [];
    private readonly int _room = tokenizer.ModelMaxLength - 2;
    private readonly int _comma = tokenizer.Encode(",").Ids is [var only] ? only : -1;
    private int _lastComma = -1;

    /// <summary>Ends the chunk, empty or not.</summary>
    public void Break() => Close();

    /// <summary>Adds a stretch of one weight.</summary>
    /// <exception cref="ModelException">A textual inversion has more embeddings than a chunk has places.</exception>
    public void Add(WeightedText part)
    {
        var tokens = tokenizer.Encode(part.Text.Text).Tokens;
        int[] ids = [.. tokens.Select(token => token.Id)];
        for (var at = 0; at < ids.Length;)
        {
            MakeRoom(ids[at]);
            if (inversions.At(ids.AsSpan(at)) is not { } inversion)
            {
                _open.Add((ids[at], part.Weight, part.Text.SourceOf(tokens[at].Start, tokens[at].End)));
                at++;
                continue;
            }

            var source = part.Text.SourceOf(tokens[at].Start, tokens[at + inversion.Ids.Length - 1].End);
            AddEmbeddings(inversion, part.Weight, source);
            at += inversion.Ids.Length;
        }
    }

    /// <summary>The chunks; the last one only if it holds a token or is the only one.</summary>
    public WeightedChunks Finish()
    {
        var count = _chunks.Count * _room + _open.Count;
        if (_open.Count > 0 || _chunks.Count == 0)
        {
            Close();
        }

        return new WeightedChunks(_chunks.ToImmutable(), count);
    }

    private void MakeRoom(int id)
    {
        if (id == _comma)
        {
            _lastComma = _open.Count;
        }
        else if (_open.Count == _room && _lastComma >= 0 && commaBacktrack > 0 && _room - _lastComma <= commaBacktrack)
        {
            MoveAfterComma();
        }

        if (_open.Count == _room)
        {
            Close();
        }
    }

    // As in the original, the slots of embeddings that move stay in the chunk they move from: their tokens are 0 in the next.
    private void MoveAfterComma()
    {
        var moved = _open.GetRange(_lastComma + 1, _open.Count - _lastComma - 1);
        _open.RemoveRange(_lastComma + 1, moved.Count);
        Close();
        _open.AddRange(moved);
    }

    private void AddEmbeddings(TextualInversion inversion, double weight, TextSpan source)
    {
        if (inversion.Vectors > _room)
        {
            throw new ModelException(
                $"The textual inversion {UntrustedText.Quote(inversion.Name)} has {inversion.Vectors} embeddings; a chunk holds 1 to {_room}.");
        }

        if (_open.Count + inversion.Vectors > _room)
        {
            Close();
        }

        _slots.Add(new EmbeddingSlot(_open.Count, inversion));
        _open.AddRange(Enumerable.Repeat((0, weight, source), inversion.Vectors));
    }

    private void Close()
    {
        var length = tokenizer.ModelMaxLength;
        var ids = new int[length];
        var weights = new double[length];
        var sources = new TextSpan[length];
        ids.AsSpan().Fill(tokenizer.Pad);
        weights.AsSpan().Fill(1);
        ids[0] = tokenizer.Bos;
        for (var i = 0; i < _open.Count; i++)
        {
            (ids[i + 1], weights[i + 1], sources[i + 1]) = _open[i];
        }

        ids[_open.Count + 1] = tokenizer.Eos;
        _chunks.Add(new WeightedChunk([.. ids], [.. weights], [.. sources], [.. _slots]));
        _open.Clear();
        _slots.Clear();
        _lastComma = -1;
    }
}
