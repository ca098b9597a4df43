namespace RegionWebUI.Sdk;

/// <summary>
/// The entry of an extension: the one public class of its assembly that implements this, with a public constructor without parameters.
/// It is made once, when the extension is loaded.
/// </summary>
public interface IExtension
{
    /// <summary>Declares what the extension brings. It does no work yet: no files, no threads, no network.</summary>
    /// <param name="registry">Takes the declarations; of no use after the call.</param>
    void Register(IRegistry registry);
}
