using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RegionWebUI.Diffusion.Tests.Checkpoints;

/// <summary>Makes .safetensors files: good ones tensor by tensor, bad ones from any header.</summary>
internal sealed class SafetensorsWriter
{
    private readonly List<string> _entries = [];
    private readonly List<byte> _data = [];

    /// <summary>A file of any header text and data.</summary>
    public static byte[] Raw(string header, int dataBytes) => Raw(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);

    public static byte[] Raw(byte[] header, byte[] data) => Raw((ulong)header.Length, [.. header, .. data]);

    public static byte[] Raw(ulong claimed, byte[] rest)
    {
        var file = new byte[8 + rest.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimed);
        rest.CopyTo(file, 8);
        return file;
    }

    public SafetensorsWriter Metadata(params (string Key, string Value)[] entries)
    {
        _entries.Add($"\"__metadata__\":{JsonSerializer.Serialize(entries.ToDictionary(e => e.Key, e => e.Value))}");
        return this;
    }

    public SafetensorsWriter Add(string name, string dtype, long[] shape, byte[] bytes)
    {
        var begin = _data.Count;
        _data.AddRange(bytes);
        var key = JsonSerializer.Serialize(name);
        _entries.Add($"{key}:{{\"dtype\":\"{dtype}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{begin},{_data.Count}]}}");
        return this;
    }

    public SafetensorsWriter Add<T>(string name, string dtype, long[] shape, params T[] values)
        where T : unmanaged => Add(name, dtype, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>The file.</summary>
    /// <param name="pad">Spaces after the JSON.</param>
    /// <param name="reversed">Whether the header lists the tensors backwards.</param>
    public byte[] ToBytes(int pad = 0, bool reversed = false)
    {
        var entries = reversed ? Enumerable.Reverse(_entries) : _entries;
        return Raw(Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}{new string(' ', pad)}"), _data.ToArray());
    }
}
