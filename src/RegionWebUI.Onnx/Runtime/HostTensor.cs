using RegionWebUI.Graph;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>A tensor in managed memory, given to a session or filled by it.</summary>
public sealed class HostTensor
{
    private HostTensor(TensorType type, Array data)
    {
        if (data.Length != type.Shape.ElementCount)
        {
            throw new ArgumentException($"A tensor {type} needs {type.Shape.ElementCount} elements, not {data.Length}.", nameof(data));
        }

        Type = type;
        Data = data;
    }

    /// <summary>Element type and shape.</summary>
    public TensorType Type { get; }

    /// <summary>The elements of a float32 tensor, row-major.</summary>
    public float[] Floats => (float[])Data;

    /// <summary>The elements of an int64 tensor, row-major.</summary>
    public long[] Longs => (long[])Data;

    internal Array Data { get; }

    /// <summary>Wraps float32 elements without copying.</summary>
    /// <exception cref="ArgumentException">The length does not fit the shape.</exception>
    public static HostTensor Of(Shape shape, float[] data) => new(new TensorType(DType.Float32, shape), data);

    /// <summary>Wraps int64 elements without copying.</summary>
    /// <exception cref="ArgumentException">The length does not fit the shape.</exception>
    public static HostTensor Of(Shape shape, long[] data) => new(new TensorType(DType.Int64, shape), data);

    /// <summary>A tensor to be filled.</summary>
    /// <exception cref="ArgumentException">The element type is one that managed memory does not hold.</exception>
    public static HostTensor Empty(TensorType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.DType switch
        {
            DType.Float32 => Empty(type.Shape),
            DType.Int64 => Of(type.Shape, new long[type.Shape.ElementCount]),
            _ => throw new ArgumentException($"There are no managed tensors of {type.DType}.", nameof(type)),
        };
    }

    /// <summary>A float32 tensor to be filled.</summary>
    public static HostTensor Empty(Shape shape) => Of(shape, new float[shape.ElementCount]);
}
