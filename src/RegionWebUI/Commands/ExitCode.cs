namespace RegionWebUI.Commands;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>An error that no other code names.</summary>
    public const int Unexpected = 1;

    /// <summary>A value given by the user cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The model cannot be used.</summary>
    public const int Model = 3;

    /// <summary>The device cannot be used.</summary>
    public const int Device = 4;

    /// <summary>Ended by the user.</summary>
    public const int Interrupted = 130;
}
