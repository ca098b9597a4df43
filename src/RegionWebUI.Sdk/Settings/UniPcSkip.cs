namespace RegionWebUI.Sdk.Settings;

/// <summary>What the strides of UniPC's own table are equal in; A1111's "UniPC skip type".</summary>
public enum UniPcSkip
{
    /// <summary>Time.</summary>
    TimeUniform,

    /// <summary>The square root of time: more steps at the clean end.</summary>
    TimeQuadratic,

    /// <summary>ln sigma.</summary>
    LogSnr,
}
