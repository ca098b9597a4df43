using System.Runtime.InteropServices;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Native;

/// <summary>The native library, taken by full path from the program's own folder, so that an older copy of the system is never loaded.</summary>
internal static class OrtLibrary
{
    private static readonly string[] _candidates =
    [
        System.IO.Path.Combine(AppContext.BaseDirectory, FileName),
        System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName),
    ];

    /// <summary>Where the library lies, or should.</summary>
    public static string Path => _candidates.FirstOrDefault(File.Exists) ?? _candidates[0];

    private static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    /// <summary>Loads the library.</summary>
    /// <exception cref="RuntimeFailureException">It is missing or not for this platform.</exception>
    public static nint Load()
    {
        try
        {
            return NativeLibrary.Load(Path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new RuntimeFailureException($"ONNX Runtime could not be loaded from {Path}; build the program again for this platform.", e);
        }
    }
}
