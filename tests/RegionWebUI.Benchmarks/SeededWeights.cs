using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RegionWebUI.Benchmarks;

/// <summary>A .safetensors file of random half-precision weights for a graph.</summary>
internal static class SeededWeights
{
    private const double Deviation = 0.02;

    /// <summary>A prime, so that no tensor's rows repeat.</summary>
    private const int Period = 1_048_583;

    /// <summary>Writes N(0, 0.02) to every tensor, around 1 for the scales of norms.</summary>
    public static void Write(string path, Graph.Graph graph, int seed)
    {
        var random = new Random(seed);
        var noise = new double[Period];
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = Deviation * NormalNumbers.Next(random);
        }

        var aroundZero = Array.ConvertAll(noise, value => (Half)value);
        var aroundOne = Array.ConvertAll(noise, value => (Half)(1 + value));
        using var file = File.Create(path);
        WriteHeader(file, graph);
        var next = 0;
        foreach (var weight in graph.Weights)
        {
            var isScale = weight.Value.Shape.Rank == 1 && weight.Name.EndsWith(".weight", StringComparison.Ordinal);
            for (var left = weight.Value.Shape.ElementCount; left > 0;)
            {
                var some = (int)Math.Min(left, Period - next);
                file.Write(MemoryMarshal.AsBytes((isScale ? aroundOne : aroundZero).AsSpan(next, some)));
                (left, next) = (left - some, (next + some) % Period);
            }
        }
    }

    private static void WriteHeader(FileStream file, Graph.Graph graph)
    {
        var entries = new List<string>();
        var offset = 0L;
        foreach (var weight in graph.Weights)
        {
            var end = offset + (weight.Value.Shape.ElementCount * 2);
            entries.Add($"\"{weight.Name}\":{{\"dtype\":\"F16\",\"shape\":{weight.Value.Shape},\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        var header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
    }
}
