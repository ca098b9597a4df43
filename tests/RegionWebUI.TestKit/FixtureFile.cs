using System.Runtime.InteropServices;
using System.Text.Json;

namespace RegionWebUI.TestKit;

/// <summary>One fixture file: its JSON and the tensors that other fields name.</summary>
public sealed class FixtureFile(JsonElement json, IReadOnlyDictionary<string, JsonElement> tensors, byte[] data)
{
    public JsonElement Json { get; } = json;

    public IReadOnlyList<JsonElement> Cases => [.. Json.GetProperty("cases").EnumerateArray()];

    public int[] Shape(string tensor) => [.. tensors[tensor].GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];

    public string DType(string tensor) => tensors[tensor].GetProperty("dtype").GetString()!;

    /// <summary>Values of an f32 tensor, row-major.</summary>
    public float[] Floats(string tensor) => Read<float>(tensor, "f32");

    /// <summary>Values of an f64 tensor, row-major.</summary>
    public double[] Doubles(string tensor) => Read<double>(tensor, "f64");

    /// <summary>Values of an i64 tensor, row-major.</summary>
    public long[] Longs(string tensor) => Read<long>(tensor, "i64");

    /// <summary>Values of an f32 or f64 tensor as doubles.</summary>
    public double[] AsDoubles(string tensor) => DType(tensor) == "f64" ? Doubles(tensor) : Array.ConvertAll(Floats(tensor), v => (double)v);

    private T[] Read<T>(string tensor, string dtype)
        where T : unmanaged
    {
        if (!tensors.TryGetValue(tensor, out var entry))
        {
            throw new KeyNotFoundException($"The fixture has no tensor '{tensor}'.");
        }

        var found = entry.GetProperty("dtype").GetString();
        if (found != dtype)
        {
            throw new InvalidOperationException($"Tensor '{tensor}' is {found}, not {dtype}.");
        }

        var bytes = data.AsSpan(entry.GetProperty("offset").GetInt32(), entry.GetProperty("bytes").GetInt32());
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }
}
