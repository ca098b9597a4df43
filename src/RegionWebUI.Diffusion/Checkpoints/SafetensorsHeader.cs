using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>
/// Reads and checks the head of a .safetensors file: 8 bytes of little-endian length, JSON, then data that the tensors cover without a hole.
/// Rules: safetensors README and tensor.rs. Two bounds are ours, so that memory stays below four times the header: 64 dimensions and
/// 10,000 metadata entries.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Longest header in bytes.</summary>
    public const long LongestHeader = 100_000_000;

    private const int LengthBytes = 8;
    private const int MostDimensions = 64;
    private const int MostMetadata = 10_000;
    private const int MostShown = 8;

    private readonly string _file;
    private readonly List<SafetensorsTensor> _tensors = [];
    private readonly Dictionary<string, SafetensorsTensor> _byName = new(StringComparer.Ordinal);
    private readonly long[] _dimensions = new long[MostDimensions];
    private long _dataStart;
    private long _dataLength;
    private ReadOnlyDictionary<string, string>? _metadata;

    private SafetensorsHeader(string file) => _file = file;

    /// <summary>Tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => _tensors;

    /// <summary>The same tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> ByName => _byName;

    /// <summary>The file's free-form entries.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata ?? ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Reads a header and checks every rule.</summary>
    /// <param name="source">The file from its first byte.</param>
    /// <param name="length">Length of the whole file in bytes.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <exception cref="SafetensorsFormatException">A rule is broken.</exception>
    public static SafetensorsHeader Read(Stream source, long length, string file)
    {
        var header = new SafetensorsHeader(file);
        try
        {
            header.ReadAll(source, length);
        }
        catch (JsonException error)
        {
            throw header.Damaged("its header is not valid JSON", error);
        }
        catch (EndOfStreamException error)
        {
            throw header.Damaged("it ended while its header was read", error);
        }

        header.Index();
        header._tensors.Sort(static (a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.ByteLength.CompareTo(b.ByteLength));
        header.CheckTiling();
        return header;
    }

    private void ReadAll(Stream source, long length)
    {
        if (length < LengthBytes)
        {
            throw Damaged($"it has {length} bytes, fewer than the {LengthBytes} of the header length");
        }

        Span<byte> prefix = stackalloc byte[LengthBytes];
        source.ReadExactly(prefix);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > LongestHeader)
        {
            throw Damaged($"its header claims {headerLength} bytes, more than the {LongestHeader} allowed");
        }

        if (headerLength > (ulong)(length - LengthBytes))
        {
            throw Damaged($"its header claims {headerLength} bytes, but only {length - LengthBytes} follow (was the download cut short?)");
        }

        _dataStart = LengthBytes + (long)headerLength;
        _dataLength = length - _dataStart;
        var json = new JsonHeaderReader(source, (long)headerLength);
        if (json.FirstByte != (byte)'{')
        {
            throw Damaged("its header does not start with '{'");
        }

        ReadRoot(ref json);
        if (!json.OnlySpacesFollow())
        {
            throw Damaged("something other than spaces follows the JSON of its header");
        }
    }

    private void ReadRoot(ref JsonHeaderReader json)
    {
        json.Next();
        for (json.Next(); json.Token != JsonTokenType.EndObject; json.Next())
        {
            var name = json.Text();
            json.Next();
            if (json.Token != JsonTokenType.StartObject)
            {
                throw Damaged($"the entry {UntrustedText.Quote(name)} is not an object");
            }

            if (name == "__metadata__")
            {
                ReadMetadata(ref json);
            }
            else
            {
                ReadTensor(ref json, name);
            }
        }
    }

    private void ReadMetadata(ref JsonHeaderReader json)
    {
        if (_metadata is not null)
        {
            throw Damaged("the key '__metadata__' occurs twice");
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        _metadata = metadata.AsReadOnly();
        for (json.Next(); json.Token != JsonTokenType.EndObject; json.Next())
        {
            var key = json.Text();
            json.Next();
            if (json.Token != JsonTokenType.String)
            {
                throw Damaged($"the metadata entry {UntrustedText.Quote(key)} is not a string");
            }

            if (!metadata.TryAdd(key, json.Text()))
            {
                throw Damaged($"the metadata key {UntrustedText.Quote(key)} occurs twice");
            }

            if (metadata.Count > MostMetadata)
            {
                throw Damaged($"it has more than the {MostMetadata} metadata entries allowed");
            }
        }
    }

    private void ReadTensor(ref JsonHeaderReader json, string name)
    {
        SafetensorsDType? type = null;
        ImmutableArray<long>? shape = null;
        (long Begin, long End)? offsets = null;
        for (json.Next(); json.Token != JsonTokenType.EndObject; json.Next())
        {
            if (json.Is("dtype"u8))
            {
                RefuseSecond(name, "dtype", type is not null);
                json.Next();
                type = ReadType(ref json, name);
            }
            else if (json.Is("shape"u8))
            {
                RefuseSecond(name, "shape", shape is not null);
                json.Next();
                shape = ReadShape(ref json, name);
            }
            else if (json.Is("data_offsets"u8))
            {
                RefuseSecond(name, "data_offsets", offsets is not null);
                json.Next();
                offsets = ReadOffsets(ref json, name);
            }
            else
            {
                throw Damaged(name, $"has the unknown key {UntrustedText.Quote(json.Text())}");
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            var missing = type is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw Damaged(name, $"has no '{missing}'");
        }

        _tensors.Add(Placed(name, type.Value, shape.Value, offsets.Value.Begin, offsets.Value.End));
    }

    private void RefuseSecond(string name, string key, bool seen)
    {
        if (seen)
        {
            throw Damaged(name, $"has the key '{key}' twice");
        }
    }

    private SafetensorsDType ReadType(ref JsonHeaderReader json, string name)
    {
        if (json.Token != JsonTokenType.String)
        {
            throw Damaged(name, "has a dtype that is not a string");
        }

        // Most files hold one type.
        if (_tensors.Count > 0 && json.Is(_tensors[^1].DType.Utf8Name()))
        {
            return _tensors[^1].DType;
        }

        foreach (var type in SafetensorsDTypes.All)
        {
            if (json.Is(type.Utf8Name()))
            {
                return type;
            }
        }

        throw Damaged(name, $"has the unknown dtype {UntrustedText.Quote(json.Text())}");
    }

    private ImmutableArray<long> ReadShape(ref JsonHeaderReader json, string name)
    {
        var rank = ReadNumbers(ref json, name, "shape", MostDimensions);
        var dimensions = _dimensions.AsSpan(0, rank);
        if (_tensors.Count > 0 && _tensors[^1].Shape.AsSpan().SequenceEqual(dimensions))
        {
            return _tensors[^1].Shape;
        }

        return [.. dimensions];
    }

    private (long Begin, long End) ReadOffsets(ref JsonHeaderReader json, string name) =>
        ReadNumbers(ref json, name, "data_offsets", 2) == 2
            ? (_dimensions[0], _dimensions[1])
            : throw Damaged(name, "has data_offsets that are not two numbers");

    private int ReadNumbers(ref JsonHeaderReader json, string name, string key, int most)
    {
        if (json.Token != JsonTokenType.StartArray)
        {
            throw Damaged(name, $"has a {key} that is not a list");
        }

        var count = 0;
        for (json.Next(); json.Token != JsonTokenType.EndArray; json.Next())
        {
            if (count == most)
            {
                throw Damaged(name, $"has a {key} with more than {most} numbers");
            }

            if (!json.TryWholeNumber(out _dimensions[count++]))
            {
                throw Damaged(name, $"has a {key} with an entry that is not a whole number of 0 to 2^63 - 1");
            }
        }

        return count;
    }

    private SafetensorsTensor Placed(string name, SafetensorsDType type, ImmutableArray<long> shape, long begin, long end)
    {
        if (end < begin)
        {
            throw Damaged(name, $"ends at byte {end}, before its begin at byte {begin}");
        }

        if (end > _dataLength)
        {
            throw Damaged(name, $"ends at byte {end} of the data, which has only {_dataLength} bytes (was the download cut short?)");
        }

        // Multiplied from the left as tensor.rs does: an overflow is refused even where a later dimension is 0.
        var bits = (UInt128)1;
        foreach (var dimension in shape)
        {
            bits *= (UInt128)dimension;
            if (bits > ulong.MaxValue)
            {
                throw Damaged(name, $"has the shape {Text(shape)}, which overflows");
            }
        }

        bits *= (UInt128)type.Bits();
        if (bits > ulong.MaxValue || bits % 8 != 0)
        {
            throw Damaged(name, $"has the shape {Text(shape)} of {type.Name()}, which is no whole number of bytes below 2^61");
        }

        if (bits / 8 != (UInt128)(end - begin))
        {
            throw Damaged(name, $"has the shape {Text(shape)} of {type.Name()} ({bits / 8} bytes), but its offsets span {end - begin} bytes");
        }

        return new SafetensorsTensor(name, type, shape, _dataStart + begin, end - begin);
    }

    private void CheckTiling()
    {
        var next = _dataStart;
        foreach (var tensor in _tensors)
        {
            if (tensor.Offset != next)
            {
                var what = tensor.Offset > next ? "leaves a hole before" : "overlaps the tensor before";
                throw Damaged(tensor.Name, $"{what} byte {tensor.Offset - _dataStart} of the data");
            }

            next = tensor.End;
        }

        if (next != _dataStart + _dataLength)
        {
            throw Damaged($"{_dataStart + _dataLength - next} bytes follow its last tensor");
        }
    }

    // Filled once its size is known: a dictionary that grows holds two tables at a time.
    private void Index()
    {
        _byName.EnsureCapacity(_tensors.Count);
        foreach (var tensor in _tensors)
        {
            if (!_byName.TryAdd(tensor.Name, tensor))
            {
                throw Damaged($"the tensor {UntrustedText.Quote(tensor.Name)} occurs twice");
            }
        }
    }

    // Shapes of real networks are far shorter; a message stays readable whatever a file claims.
    private static string Text(ImmutableArray<long> shape) =>
        shape.Length <= MostShown ? $"[{string.Join(", ", shape)}]" : $"[{string.Join(", ", shape[..MostShown])}, ...]";

    private SafetensorsFormatException Damaged(string tensor, string reason) =>
        Damaged($"the tensor {UntrustedText.Quote(tensor)} {reason}");

    private SafetensorsFormatException Damaged(string reason, Exception? cause = null) =>
        new($"The weights file '{_file}' is damaged: {reason}.", cause);
}
