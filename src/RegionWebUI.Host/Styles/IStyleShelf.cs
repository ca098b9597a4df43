using RegionWebUI.Diffusion;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Host.Styles;

/// <summary>The user's styles. Any thread may call.</summary>
public interface IStyleShelf
{
    /// <summary>The styles have changed: by a call of this shelf, or in the file when it was read anew. Raised outside of all locks.</summary>
    event Action? Changed;

    /// <summary>All styles, in the order of the file; names are unique.</summary>
    IReadOnlyList<PromptStyle> Styles { get; }

    /// <summary>What of the file could not be read, one sentence each; empty when all was.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The style of this name, letter for letter; null when there is none.</summary>
    PromptStyle? Find(string name);

    /// <summary>Adds a style behind the others, or gives the one of that name new texts in its place.</summary>
    /// <exception cref="BadInputException">The name or a text is not legal (<see cref="StyleLimits"/>), or the file would be too large.</exception>
    /// <exception cref="IOException">The file cannot be written, or could not be read and is not written over; nothing has changed.</exception>
    void Save(PromptStyle style);

    /// <summary>Removes a style.</summary>
    /// <returns>Whether there was one of that name.</returns>
    /// <exception cref="IOException">The file cannot be written, or could not be read and is not written over; nothing has changed.</exception>
    bool Delete(string name);

    /// <summary>Reads the file anew, for what other programs wrote.</summary>
    void Refresh();
}
