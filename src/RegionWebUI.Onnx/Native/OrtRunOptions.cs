namespace RegionWebUI.Onnx.Native;

/// <summary>Options of one run, through which it can be stopped.</summary>
internal sealed class OrtRunOptions : IDisposable
{
    private readonly Lock _gate = new();

    /// <summary>The native options.</summary>
    public nint Handle { get; private set; } = OrtApi.CreateRunOptions();

    /// <summary>Gives the memory of values back to the system when the run is over; without it the session keeps it for its next run.</summary>
    public void GiveMemoryBack() => OrtApi.AddRunConfigEntry(Handle, "memory.enable_memory_arena_shrinkage", "cpu:0");

    /// <summary>Stops the run between two ops; does nothing once the run is over.</summary>
    public void Terminate()
    {
        lock (_gate)
        {
            if (Handle != 0)
            {
                OrtApi.Terminate(Handle);
            }
        }
    }

    /// <summary>Releases the options.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            OrtApi.ReleaseRunOptions(Handle);
            Handle = 0;
        }
    }
}
