using System.Runtime.InteropServices;

namespace RegionWebUI.Onnx.Native;

/// <summary>A zero-terminated text in native memory: UTF-8, or UTF-16 where Windows wants it.</summary>
internal readonly struct NativeText(string text, bool wide = false) : IDisposable
{
    /// <summary>First byte.</summary>
    public nint Pointer { get; } = wide ? Marshal.StringToCoTaskMemUni(text) : Marshal.StringToCoTaskMemUTF8(text);

    /// <summary>Frees the memory.</summary>
    public void Dispose() => Marshal.FreeCoTaskMem(Pointer);
}
