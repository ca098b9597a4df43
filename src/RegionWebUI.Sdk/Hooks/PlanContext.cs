namespace RegionWebUI.Sdk.Hooks;

/// <summary>The rows of one model call, before they run.</summary>
public abstract class PlanContext : StepContext
{
    /// <summary>
    /// The rows, free to be changed. Ids are unique; crops lie inside the frame; every cell of every lane is in a row with a share above
    /// 0, unless a fuse hook takes care of it.
    /// </summary>
    public abstract IList<DenoiseRow> Rows { get; }

    /// <summary>Cells that become one at the UNet's coarsest level; crops are snapped outward to multiples of it.</summary>
    public abstract int Granularity { get; }
}
