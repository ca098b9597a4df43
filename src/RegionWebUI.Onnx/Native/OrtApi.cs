using System.Runtime.InteropServices;
using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Native;

/// <summary>
/// The functions of ONNX Runtime's C API that the program calls, by their places in the <c>OrtApi</c> table. Places never change between
/// versions, and a library answers for every older API version, so one build runs on the npm and on the NuGet natives.
/// </summary>
internal static unsafe class OrtApi
{
    /// <summary>Oldest API version that has every function used here (external weights of in-memory models came with ONNX Runtime 1.21).</summary>
    private const uint ApiVersion = 21;

    private static readonly Lazy<nint> _table = new(Open);
    private static readonly Lazy<nint> _sharedEnvironment = new(CreateEnvironment);

    /// <summary>The environment that all sessions share; lives as long as the process.</summary>
    public static nint Environment => _sharedEnvironment.Value;

    /// <summary>Version of the loaded library.</summary>
    /// <exception cref="RuntimeFailureException">The library is missing or too old.</exception>
    public static string Version { get; private set; } = "";

    public static nint CreateSessionOptions() => Create((delegate* unmanaged<nint*, nint>)Function(10));

    public static nint CreateRunOptions() => Create((delegate* unmanaged<nint*, nint>)Function(39));

    public static nint CreateCpuMemoryInfo()
    {
        const int arenaAllocator = 1;
        const int defaultMemory = 0;
        nint info;
        Check(((delegate* unmanaged<int, int, nint*, nint>)Function(69))(arenaAllocator, defaultMemory, &info));
        return info;
    }

    public static nint CreateSession(ReadOnlySpan<byte> model, nint options)
    {
        nint session;
        fixed (byte* bytes = model)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)Function(8))(
                Environment, bytes, (nuint)model.Length, options, &session));
        }

        return session;
    }

    public static nint CreateTensor(nint memoryInfo, void* data, nuint bytes, ReadOnlySpan<long> shape, int elementType)
    {
        nint value;
        fixed (long* dims = shape)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Function(49))(
                memoryInfo, data, bytes, dims, (nuint)shape.Length, elementType, &value));
        }

        return value;
    }

    public static void Run(
        nint session, nint options, ReadOnlySpan<nint> inputNames, ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputNames, Span<nint> outputs)
    {
        fixed (nint* inName = inputNames, input = inputs, outName = outputNames, output = outputs)
        {
            Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)Function(9))(
                session, options, inName, input, (nuint)inputs.Length, outName, (nuint)outputs.Length, output));
        }
    }

    public static void SetSequentialExecution(nint options) => Check(((delegate* unmanaged<nint, int, nint>)Function(13))(options, 0));

    /// <summary>Paths are UTF-16 on Windows and UTF-8 elsewhere.</summary>
    public static void EnableProfiling(nint options, string prefix)
    {
        using var path = new NativeText(prefix, wide: OperatingSystem.IsWindows());
        Check(((delegate* unmanaged<nint, nint, nint>)Function(14))(options, path.Pointer));
    }

    /// <summary>All of ONNX Runtime's rewriting of graphs, or none.</summary>
    public static void SetOptimizations(nint options, bool all) => Check(((delegate* unmanaged<nint, int, nint>)Function(23))(options, all ? 99 : 0));

    public static void SetIntraOpThreads(nint options, int threads) => Check(((delegate* unmanaged<nint, int, nint>)Function(24))(options, threads));

    public static void SetInterOpThreads(nint options, int threads) => Check(((delegate* unmanaged<nint, int, nint>)Function(25))(options, threads));

    public static void AddConfigEntry(nint options, string key, string value)
    {
        using var nativeKey = new NativeText(key);
        using var nativeValue = new NativeText(value);
        Check(((delegate* unmanaged<nint, nint, nint, nint>)Function(130))(options, nativeKey.Pointer, nativeValue.Pointer));
    }

    public static void AddRunConfigEntry(nint runOptions, string key, string value)
    {
        using var nativeKey = new NativeText(key);
        using var nativeValue = new NativeText(value);
        Check(((delegate* unmanaged<nint, nint, nint, nint>)Function(165))(runOptions, nativeKey.Pointer, nativeValue.Pointer));
    }

    /// <summary>Asks a run to stop between two ops; may be called from any thread while the run options live.</summary>
    public static void Terminate(nint runOptions) => Check(((delegate* unmanaged<nint, nint>)Function(46))(runOptions));

    /// <summary>Ends profiling and gives the path of the profile.</summary>
    public static string EndProfiling(nint session)
    {
        var allocator = Create((delegate* unmanaged<nint*, nint>)Function(78));
        nint path;
        Check(((delegate* unmanaged<nint, nint, nint*, nint>)Function(110))(session, allocator, &path));
        var text = Marshal.PtrToStringUTF8(path)!;
        Check(((delegate* unmanaged<nint, nint, nint>)Function(76))(allocator, path));
        return text;
    }

    public static void ReleaseMemoryInfo(nint handle) => Release(94, handle);

    public static void ReleaseSession(nint handle) => Release(95, handle);

    public static void ReleaseValue(nint handle) => Release(96, handle);

    public static void ReleaseRunOptions(nint handle) => Release(97, handle);

    public static void ReleaseSessionOptions(nint handle) => Release(100, handle);

    private static void Release(int place, nint handle) => ((delegate* unmanaged<nint, void>)Function(place))(handle);

    private static nint Create(delegate* unmanaged<nint*, nint> create)
    {
        nint handle;
        Check(create(&handle));
        return handle;
    }

    /// <summary>Logs errors only and sends no telemetry.</summary>
    private static nint CreateEnvironment()
    {
        const int errorsOnly = 3;
        using var name = new NativeText("regionwebui");
        nint environment;
        Check(((delegate* unmanaged<int, nint, nint*, nint>)Function(3))(errorsOnly, name.Pointer, &environment));
        Check(((delegate* unmanaged<nint, nint>)Function(6))(environment));
        return environment;
    }

    private static void Check(nint status)
    {
        if (status == 0)
        {
            return;
        }

        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)Function(2))(status)) ?? "no message";
        Release(93, status);
        throw new OrtException(message.Split('\n')[0]);
    }

    private static nint Function(int place) => ((nint*)_table.Value)[place];

    private static nint Open()
    {
        var library = OrtLibrary.Load();
        var api = ((delegate* unmanaged<OrtApiBase*>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
        Version = Marshal.PtrToStringUTF8(api->GetVersionString()) ?? "";
        var table = api->GetApi(ApiVersion);
        return table != 0
            ? table
            : throw new RuntimeFailureException($"ONNX Runtime {Version} in {OrtLibrary.Path} is too old; build the program again.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OrtApiBase
    {
        public delegate* unmanaged<uint, nint> GetApi;
        public delegate* unmanaged<nint> GetVersionString;
    }
}
