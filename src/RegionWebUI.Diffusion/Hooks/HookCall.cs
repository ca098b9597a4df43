namespace RegionWebUI.Diffusion.Hooks;

/// <summary>One call of a hook.</summary>
/// <param name="Extension">Id of the extension.</param>
/// <param name="Kind">The stage.</param>
/// <param name="Step">Sampler step, from 0; -1 before the first and after the last.</param>
/// <param name="Milliseconds">How long it took; of a wrapping hook without what it wrapped.</param>
public readonly record struct HookCall(string Extension, HookKind Kind, int Step, double Milliseconds);
