namespace RegionWebUI.TestKit;

/// <summary>The pocket model with something changed.</summary>
public static class PocketCopy
{
    /// <summary>Makes a copy with one text of one file replaced; the weights are linked, not copied.</summary>
    /// <param name="model">Where the copy goes.</param>
    /// <param name="file">The file, from the model's folder.</param>
    /// <param name="from">A text that is in it.</param>
    /// <param name="to">What it becomes.</param>
    /// <returns>The copy's folder.</returns>
    public static string Make(string model, string file, string from, string to)
    {
        foreach (var path in Directory.GetFiles(Repository.PocketModel, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(model, Path.GetRelativePath(Repository.PocketModel, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.CreateSymbolicLink(copy, path);
        }

        var changed = Path.Combine(model, file);
        var text = File.ReadAllText(changed);
        if (!text.Contains(from, StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{file}' has no '{from}'.", nameof(from));
        }

        File.Delete(changed);
        File.WriteAllText(changed, text.Replace(from, to, StringComparison.Ordinal));
        return model;
    }
}
