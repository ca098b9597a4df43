using System.Runtime.InteropServices;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Native;

/// <summary>A managed tensor, or one part of its batch, pinned for ONNX Runtime.</summary>
internal sealed unsafe class OrtTensor : IDisposable
{
    private GCHandle _pin;

    /// <param name="tensor">Pinned until this is disposed.</param>
    /// <param name="shape">Shape of one part.</param>
    /// <param name="part">Which part, counted from 0.</param>
    /// <param name="memoryInfo">The CPU's.</param>
    public OrtTensor(HostTensor tensor, Shape shape, int part, nint memoryInfo)
    {
        var floats = tensor.Type.DType == DType.Float32;
        var bytes = (nuint)shape.ElementCount * (nuint)(floats ? sizeof(float) : sizeof(long));
        _pin = GCHandle.Alloc(tensor.Data, GCHandleType.Pinned);
        try
        {
            Handle = OrtApi.CreateTensor(
                memoryInfo,
                (byte*)_pin.AddrOfPinnedObject() + bytes * (nuint)part,
                bytes,
                [.. shape.Dims.Select(d => (long)d)],
                (int)(floats ? ElementType.Float : ElementType.Int64));
        }
        catch (OrtException)
        {
            _pin.Free();
            throw;
        }
    }

    /// <summary>The OrtValue.</summary>
    public nint Handle { get; private set; }

    /// <summary>Releases value and pin.</summary>
    public void Dispose()
    {
        if (Handle != 0)
        {
            OrtApi.ReleaseValue(Handle);
            _pin.Free();
            Handle = 0;
        }
    }
}
