namespace RegionWebUI.Imaging.Infotext;

/// <summary>What happens to styles found in a pasted prompt (A1111's setting <c>infotext_styles</c>).</summary>
public enum StylePasting
{
    /// <summary>Take them out of the prompt and select them; leave the present selection when there are none.</summary>
    ApplyIfAny,

    /// <summary>Take them out of the prompt and select exactly them.</summary>
    Apply,

    /// <summary>Take them out of the prompt and forget them.</summary>
    Discard,

    /// <summary>Do not look for them.</summary>
    Ignore,
}
