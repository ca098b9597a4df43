namespace RegionWebUI.Sdk.Hooks;

/// <summary>
/// Wraps the making of one row's eps from its conditional and unconditional prediction; the innermost is classifier-free guidance.
/// The first extension in order is the outermost.
/// </summary>
public interface ICombineHook : IHook
{
    /// <summary>Gives the row's eps.</summary>
    /// <param name="c">The row and its predictions.</param>
    /// <param name="next">What the row would get without this hook; called once, several times or not at all.</param>
    /// <returns>eps over the row's crop, finite and of its shape.</returns>
    Latent Combine(CombineContext c, Func<Latent> next);
}
