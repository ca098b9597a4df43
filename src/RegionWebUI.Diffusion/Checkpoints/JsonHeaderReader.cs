using System.Text.Json;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>
/// Reads JSON of a known length piece by piece, so that a large header is never in memory as a whole.
/// The buffer grows only for a single token that is longer than it.
/// </summary>
internal ref struct JsonHeaderReader
{
    private const int FirstBuffer = 64 * 1024;
    private const byte Space = 0x20;

    private readonly Stream _source;
    private byte[] _buffer;
    private int _filled;
    private long _unread;
    private Utf8JsonReader _reader;

    /// <param name="source">Positioned at the first byte of the JSON.</param>
    /// <param name="length">Bytes of JSON, padding included.</param>
    public JsonHeaderReader(Stream source, long length)
    {
        _source = source;
        _unread = length;
        _buffer = new byte[(int)Math.Min(FirstBuffer, length)];
        Fill();
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _unread == 0, default);
    }

    /// <summary>The first byte of the JSON; 0 where there is none.</summary>
    public readonly byte FirstByte => _filled > 0 ? _buffer[0] : (byte)0;

    /// <summary>Kind of the current token.</summary>
    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="JsonException">The bytes are not JSON, or end early.</exception>
    public void Next()
    {
        while (!_reader.Read())
        {
            if (_unread == 0)
            {
                throw new JsonException("The text ends early.");
            }

            Refill();
        }
    }

    /// <summary>The current string or property name.</summary>
    /// <exception cref="JsonException">Its characters are not valid Unicode.</exception>
    public readonly string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw NoUnicode(error);
        }
    }

    /// <summary>Whether the current string or property name is this one; makes no string.</summary>
    /// <exception cref="JsonException">Its characters are not valid Unicode.</exception>
    public readonly bool Is(ReadOnlySpan<byte> text)
    {
        try
        {
            return _reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException error)
        {
            throw NoUnicode(error);
        }
    }

    /// <summary>The current number as a whole number of 0 or more; false for anything else, and above 2^63 - 1.</summary>
    public readonly bool TryWholeNumber(out long value)
    {
        value = 0;
        return _reader.TokenType == JsonTokenType.Number && _reader.ValueSpan[0] != (byte)'-' && _reader.TryGetInt64(out value);
    }

    /// <summary>After the last token: whether only spaces follow.</summary>
    public bool OnlySpacesFollow()
    {
        var rest = _buffer.AsSpan((int)_reader.BytesConsumed, _filled - (int)_reader.BytesConsumed);
        while (true)
        {
            if (rest.ContainsAnyExcept(Space))
            {
                return false;
            }

            if (_unread == 0)
            {
                return true;
            }

            _filled = 0;
            Fill();
            rest = _buffer.AsSpan(0, _filled);
        }
    }

    private static JsonException NoUnicode(InvalidOperationException error) => new("A string is not valid Unicode.", error);

    private void Refill()
    {
        var consumed = (int)_reader.BytesConsumed;
        var left = _filled - consumed;
        var buffer = _buffer;
        if (left > _buffer.Length / 2)
        {
            buffer = new byte[(int)Math.Min(_buffer.Length * 2L, left + _unread)];
        }

        _buffer.AsSpan(consumed, left).CopyTo(buffer);
        _buffer = buffer;
        _filled = left;
        Fill();
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _unread == 0, _reader.CurrentState);
    }

    private void Fill()
    {
        var wanted = (int)Math.Min(_buffer.Length - _filled, _unread);
        _source.ReadExactly(_buffer, _filled, wanted);
        _filled += wanted;
        _unread -= wanted;
    }
}
