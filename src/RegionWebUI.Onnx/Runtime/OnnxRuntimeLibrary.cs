using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace RegionWebUI.Onnx.Runtime;

/// <summary>Loads the native library once: from the program's own folder, so that an older copy of the system is never taken.</summary>
internal static class OnnxRuntimeLibrary
{
    private const string TestedVersion = "1.30.";

    private static readonly Lazy<OrtEnv> Loaded = new(Load);

    /// <summary>The environment of the loaded library.</summary>
    /// <exception cref="RuntimeFailureException">The library is missing or of a version this program was not made for.</exception>
    public static OrtEnv Environment => Loaded.Value;

    private static OrtEnv Load()
    {
        System.Environment.SetEnvironmentVariable("ORT_DISABLE_TELEMETRY", "1");
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, (name, _, _) =>
            name == "onnxruntime" && File.Exists(LibraryPath) ? NativeLibrary.Load(LibraryPath) : IntPtr.Zero);
        try
        {
            var options = new EnvironmentCreationOptions { logId = "regionwebui", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
            var environment = OrtEnv.CreateInstanceWithOptions(ref options);
            var version = environment.GetVersionString();
            return version.StartsWith(TestedVersion, StringComparison.Ordinal)
                ? environment
                : throw new RuntimeFailureException($"ONNX Runtime {version} was found in {AppContext.BaseDirectory}; this program was made for {TestedVersion}x. Build it again.");
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new RuntimeFailureException($"ONNX Runtime could not be loaded from {LibraryPath}; build the program again for this platform.", e);
        }
    }

    private static string LibraryPath => Path.Combine(AppContext.BaseDirectory, FileName);

    private static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";
}
