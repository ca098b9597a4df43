namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The stages of a run that hooks work in, in the order of a run.</summary>
public enum HookKind
{
    /// <summary>The making of the hook objects themselves.</summary>
    Create,

    /// <summary>Before the first model call.</summary>
    Start,

    /// <summary>The walk of the extension's own sampler, which all stages up to the blend lie in.</summary>
    Sample,

    /// <summary>The rows of a model call.</summary>
    Plan,

    /// <summary>A row's eps from its two predictions.</summary>
    Combine,

    /// <summary>A lane's eps from its rows.</summary>
    Fuse,

    /// <summary>The predicted x0.</summary>
    Guide,

    /// <summary>z after a sampler step.</summary>
    Blend,

    /// <summary>The decoded picture.</summary>
    Image,
}
