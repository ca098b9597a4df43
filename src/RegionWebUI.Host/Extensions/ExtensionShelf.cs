using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions.Manifests;

namespace RegionWebUI.Host.Extensions;

/// <summary>The extensions that lie in the folders. Not safe for use from several threads at once.</summary>
/// <param name="options">Names the folders and takes the warnings.</param>
internal sealed class ExtensionShelf(ExtensionCatalogOptions options)
{
    private readonly Dictionary<string, ExtensionSlot> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    /// <summary>Every extension that was found.</summary>
    public IReadOnlyCollection<ExtensionSlot> Slots => _slots.Values;

    /// <summary>The extension of an id; null when there is none.</summary>
    public ExtensionSlot? Find(string id) => _slots.GetValueOrDefault(id);

    /// <summary>Looks through the folders for extensions that came or went.</summary>
    /// <returns>Whether any did.</returns>
    public bool Scan()
    {
        var found = new Dictionary<string, ExtensionRoot>(StringComparer.Ordinal);
        foreach (var root in options.Roots)
        {
            foreach (var id in In(root).Where(id => !found.TryAdd(id, root)))
            {
                WarnOnce($"The extension '{id}' in '{root.Folder}' is not used: '{found[id].Folder}' has one of that id, which comes first.");
            }
        }

        var gone = _slots.Values.Where(s => !found.TryGetValue(s.Id, out var root) || root != s.Root).ToList();
        foreach (var slot in gone)
        {
            slot.Unload();
            _slots.Remove(slot.Id);
        }

        var come = found.Where(f => !_slots.ContainsKey(f.Key)).ToList();
        come.ForEach(f => _slots.Add(f.Key, new ExtensionSlot(f.Key, f.Value)));
        return gone.Count + come.Count > 0;
    }

    private List<string> In(ExtensionRoot root)
    {
        try
        {
            return !Directory.Exists(root.Folder) ? [] : [.. Directory.EnumerateDirectories(root.Folder)
                .Where(f => File.Exists(Path.Join(f, ExtensionManifest.FileName)))
                .Select(f => Path.GetFileName(f))
                .Where(n => !n.StartsWith('.'))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WarnOnce($"The extensions in '{root.Folder}' cannot be read: {ErrorText.OneLine(error)}");
            return [];
        }
    }

    private void WarnOnce(string warning)
    {
        if (_warned.Add(warning))
        {
            options.Warn(warning);
        }
    }
}
