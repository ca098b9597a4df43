namespace RegionWebUI.Sdk.Settings;

/// <summary>What a request changes about how its prompts are read, in A1111's terms.</summary>
public sealed record TextSettings
{
    /// <summary>Layer of the text encoder that is taken, counted from the end, 1..12; 1 is the last.</summary>
    /// <value>The default is 1.</value>
    public int ClipSkip { get; init; } = 1;

    /// <summary>What weights in the prompt do.</summary>
    public EmphasisMode Emphasis { get; init; }

    /// <summary>Reads switch steps as A1111 did before 1.6: a number below 1 is always a share of the steps.</summary>
    public bool OldSchedules { get; init; }
}
