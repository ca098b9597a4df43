using System.Runtime.InteropServices;
using RegionWebUI.Graph;
using RegionWebUI.Onnx.Lowering;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Native;

/// <summary>A managed tensor pinned for ONNX Runtime.</summary>
internal sealed unsafe class OrtTensor : IDisposable
{
    private GCHandle _pin;

    public OrtTensor(HostTensor tensor, nint memoryInfo)
    {
        var floats = tensor.Type.DType == DType.Float32;
        _pin = GCHandle.Alloc(tensor.Data, GCHandleType.Pinned);
        Handle = OrtApi.CreateTensor(
            memoryInfo,
            (void*)_pin.AddrOfPinnedObject(),
            (nuint)tensor.Data.Length * (nuint)(floats ? sizeof(float) : sizeof(long)),
            [.. tensor.Type.Shape.Dims.Select(d => (long)d)],
            (int)(floats ? ElementType.Float : ElementType.Int64));
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
