using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RegionWebUI.Diffusion.Checkpoints;

/// <summary>Reads tensors of any floating-point width as float32, a block at a time.</summary>
internal static class FloatConversion
{
    // A whole number of elements of every width.
    private const int BlockBytes = 1 << 20;

    /// <summary>Whether the type can be read as float32.</summary>
    public static bool Supports(SafetensorsDType type) =>
        type is SafetensorsDType.F16 or SafetensorsDType.BF16 or SafetensorsDType.F32 or SafetensorsDType.F64;

    /// <summary>Fills <paramref name="values"/> from the file.</summary>
    /// <exception cref="SafetensorsFormatException">The file ended early.</exception>
    public static void Read(SafeFileHandle file, SafetensorsTensor tensor, Span<float> values, CancellationToken cancellationToken)
    {
        if (tensor.DType == SafetensorsDType.F32)
        {
            ReadExactly(file, tensor.Offset, MemoryMarshal.AsBytes(values), cancellationToken);
            return;
        }

        var width = tensor.DType.Bits() / 8;
        var block = ArrayPool<byte>.Shared.Rent((int)Math.Min(BlockBytes, tensor.ByteLength));
        try
        {
            for (var done = 0L; done < tensor.ByteLength;)
            {
                var bytes = block.AsSpan(0, (int)Math.Min(BlockBytes, tensor.ByteLength - done));
                ReadExactly(file, tensor.Offset + done, bytes, cancellationToken);
                Convert(bytes, tensor.DType, values.Slice((int)(done / width), bytes.Length / width));
                done += bytes.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Reads until <paramref name="destination"/> is full.</summary>
    /// <exception cref="SafetensorsFormatException">The file ended early.</exception>
    public static void ReadExactly(SafeFileHandle file, long offset, Span<byte> destination, CancellationToken cancellationToken = default)
    {
        while (!destination.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, destination[..Math.Min(destination.Length, 16 * BlockBytes)], offset);
            if (read == 0)
            {
                throw new SafetensorsFormatException($"A weights file ended at byte {offset} while it was read: it was changed after it was opened.");
            }

            destination = destination[read..];
            offset += read;
        }
    }

    private static void Convert(ReadOnlySpan<byte> bytes, SafetensorsDType type, Span<float> values)
    {
        switch (type)
        {
            case SafetensorsDType.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case SafetensorsDType.BF16:
                Widen(MemoryMarshal.Cast<byte, ushort>(bytes), MemoryMarshal.Cast<float, uint>(values));
                break;
            default:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), values);
                break;
        }
    }

    // bfloat16 is the upper half of a float32.
    private static void Widen(ReadOnlySpan<ushort> source, Span<uint> destination)
    {
        var i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out var low, out var high);
            (low << 16).CopyTo(destination[i..]);
            (high << 16).CopyTo(destination[(i + Vector<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = (uint)source[i] << 16;
        }
    }
}
