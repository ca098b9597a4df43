namespace RegionWebUI.Host.Extensions;

/// <summary>Whether an extension takes part in the next job.</summary>
public enum ExtensionState
{
    /// <summary>Loaded; takes part from the next job on.</summary>
    On,

    /// <summary>There, but switched off: its code is not loaded by this process for it.</summary>
    Off,

    /// <summary>Switched on, or switched off by the program for its faults, but it cannot be used; the reason says why.</summary>
    Broken,

    /// <summary>Named by the settings, but its folder is not there.</summary>
    Missing,
}
