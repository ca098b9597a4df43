using System.Runtime.InteropServices;

namespace RegionWebUI.Imaging.Codecs.Skia;

/// <summary>Memory outside of the garbage collector's, given back at once.</summary>
internal sealed unsafe class NativeBuffer(int length) : IDisposable
{
    private void* _memory = NativeMemory.Alloc((nuint)length);

    public nint Address => (nint)_memory;

    public Span<byte> Span => new(_memory, length);

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
