using RegionWebUI.Host.Extensions.Manifests;

namespace RegionWebUI.Host.Extensions;

/// <summary>The order in which extensions run: what their manifests ask for, then the user's order, then the id.</summary>
internal static class ExtensionOrder
{
    /// <summary>Puts extensions in order.</summary>
    /// <param name="manifests">Those that are on and can be used, ids unique.</param>
    /// <param name="rank">Place in the user's order.</param>
    /// <returns>The order, and those that cannot be in it because they ask to run before themselves, with the reason.</returns>
    public static (IReadOnlyList<string> Order, IReadOnlyDictionary<string, string> Cyclic) Of(
        IReadOnlyCollection<ExtensionManifest> manifests, Func<string, int> rank)
    {
        var later = manifests.ToDictionary(m => m.Id, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (var manifest in manifests)
        {
            later[manifest.Id].UnionWith(manifest.Before.Where(later.ContainsKey));
            foreach (var earlier in manifest.After.Where(later.ContainsKey))
            {
                later[earlier].Add(manifest.Id);
            }
        }

        var cyclic = later.Keys.Select(id => (Id: id, Way: WayBack(later, id))).Where(c => c.Way is not null).ToDictionary(
            c => c.Id, c => $"the manifests' order goes in a circle: {string.Join(" before ", c.Way!)}; switch one of them off.");
        return (Sort(later, cyclic, rank), cyclic);
    }

    /// <summary>The shortest way from an extension to itself along "before"; null when there is none.</summary>
    private static List<string>? WayBack(Dictionary<string, SortedSet<string>> later, string start)
    {
        var cameFrom = new Dictionary<string, string>();
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var here))
        {
            foreach (var next in later[here])
            {
                if (next == start)
                {
                    List<string> way = [start];
                    for (var step = here; step != start; step = cameFrom[step])
                    {
                        way.Add(step);
                    }

                    way.Add(start);
                    way.Reverse();
                    return way;
                }

                if (cameFrom.TryAdd(next, here))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }

    private static List<string> Sort(
        Dictionary<string, SortedSet<string>> later, Dictionary<string, string> cyclic, Func<string, int> rank)
    {
        var left = later.Keys.Where(id => !cyclic.ContainsKey(id)).OrderBy(rank).ThenBy(id => id, StringComparer.Ordinal).ToList();
        var order = new List<string>();
        while (left.Count > 0)
        {
            var next = left.First(id => !left.Any(other => later[other].Contains(id)));
            order.Add(next);
            left.Remove(next);
        }

        return order;
    }
}
