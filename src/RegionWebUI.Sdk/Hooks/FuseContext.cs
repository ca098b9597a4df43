namespace RegionWebUI.Sdk.Hooks;

/// <summary>One lane and its rows, before they become one prediction.</summary>
public abstract class FuseContext : StepContext
{
    /// <summary>The lane.</summary>
    public abstract Lane Lane { get; }

    /// <summary>The lane's rows with their eps, in the order of the plan.</summary>
    public abstract IReadOnlyList<RowEps> Rows { get; }
}
