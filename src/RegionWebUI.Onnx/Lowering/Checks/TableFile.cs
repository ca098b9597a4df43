namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>Tables that are embedded in this assembly (Kernels/*.tsv).</summary>
internal static class TableFile
{
    /// <summary>Lines of a table without comments and empty ones.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        var resource = $"{typeof(KernelTable).Namespace}.Kernels.{name}.tsv";
        using var stream = typeof(KernelTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The table '{resource}' is not part of this build.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    /// <summary>A domain as nodes name it: the standard one is empty there.</summary>
    public static string Domain(string cell) => cell == "ai.onnx" ? "" : cell;
}
