namespace RegionWebUI.Sdk.Hooks;

/// <summary>
/// Wraps the making of one lane's eps from its rows; the innermost is the weighted mean, MRGD Eq. (1): sum w_i eps_i / sum w_i.
/// The first extension in order is the outermost.
/// </summary>
public interface IFuseHook : IHook
{
    /// <summary>Gives the lane's eps.</summary>
    /// <param name="c">The lane and its rows.</param>
    /// <param name="next">What the lane would get without this hook; called once, several times or not at all.</param>
    /// <returns>eps of the whole lane, finite and of its shape.</returns>
    Latent Fuse(FuseContext c, Func<Latent> next);
}
