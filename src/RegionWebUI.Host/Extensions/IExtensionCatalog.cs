using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Sdk;

namespace RegionWebUI.Host.Extensions;

/// <summary>The extensions of this program. All members may be called from any thread.</summary>
public interface IExtensionCatalog
{
    /// <summary>Raised after an entry changed or the order did, from the thread that changed it. Handlers must return at once.</summary>
    event Action? Changed;

    /// <summary>
    /// Every extension that was found or is named by the settings: in the order in which they run, then those that do not.
    /// </summary>
    IReadOnlyList<ExtensionEntry> Entries { get; }

    /// <summary>Switches an extension on, from the next job on, and remembers it. One that cannot be used stays listed as broken.</summary>
    /// <exception cref="BadInputException">There is no extension of that id; the sentence says which is nearest.</exception>
    /// <exception cref="IOException">The settings cannot be written; nothing changed.</exception>
    ExtensionEntry Enable(string id);

    /// <summary>Switches an extension off, from the next job on, and remembers it.</summary>
    /// <exception cref="BadInputException">There is no extension of that id; the sentence says which is nearest.</exception>
    /// <exception cref="IOException">The settings cannot be written; nothing changed.</exception>
    ExtensionEntry Disable(string id);

    /// <summary>
    /// Moves an extension before or after its neighbour in the user's order, which holds where no manifest says otherwise, and remembers it.
    /// </summary>
    /// <param name="id">The extension.</param>
    /// <param name="later">True to run one place later, false to run one place earlier.</param>
    /// <exception cref="BadInputException">There is no extension of that id.</exception>
    /// <exception cref="IOException">The settings cannot be written; nothing changed.</exception>
    void Move(string id, bool later);

    /// <summary>
    /// Looks through the folders anew: extensions that were added, changed or removed since. A list that is to show what is on the disk
    /// calls it first; every run does so itself, so that an extension that was built anew is used by the next one.
    /// </summary>
    void Refresh();

    /// <summary>Refuses a request that gives values to parameters that are not there or are out of range.</summary>
    /// <exception cref="BadInputException">The first problem; its field is <c>ext/id/name</c>.</exception>
    void ThrowIfInvalid(GenerationRequest request);

    /// <summary>The extensions that take part in a run that starts now, in order, with the request's values.</summary>
    /// <exception cref="BadInputException">As <see cref="ThrowIfInvalid"/>.</exception>
    IReadOnlyList<RunExtension> ForRun(GenerationRequest request);

    /// <summary>
    /// Takes note that a run went on without an extension because its hook threw. After three runs in a row the extension is switched off
    /// and listed as broken until somebody switches it on again.
    /// </summary>
    /// <param name="failure">What the run reported.</param>
    void RecordHookFailure(HookFailure failure);

    /// <summary>Takes note that extensions' hooks ran to the end, so that earlier failures no longer count.</summary>
    /// <param name="log">The log of a finished run.</param>
    void RecordGoodRun(HookLog log);
}
