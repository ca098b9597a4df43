using System.Collections.Frozen;

namespace RegionWebUI.Onnx.Lowering;

/// <summary>
/// The kernels of an execution provider, as data (Kernels/*.tsv): domain, op, version that opset 17 resolves to.
/// Independent of the lowering, so that each checks the other.
/// </summary>
internal sealed class KernelTable
{
    private readonly FrozenSet<(string Domain, string Op)> _rows;

    private KernelTable(IEnumerable<(string Domain, string Op)> rows) => _rows = rows.ToFrozenSet();

    /// <summary>Whether the provider has a kernel for a node of a model with opset 17.</summary>
    public bool Has(string domain, string op) => _rows.Contains((domain, op));

    /// <summary>Reads a table that is embedded in this assembly.</summary>
    public static KernelTable Load(string provider)
    {
        var resource = $"{typeof(KernelTable).Namespace}.Kernels.{provider}.tsv";
        using var stream = typeof(KernelTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The kernel table '{resource}' is not part of this build.");
        using var reader = new StreamReader(stream);
        var rows = new List<(string Domain, string Op)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var cells = line.Split('\t');
            rows.Add((cells[0] == "ai.onnx" ? "" : cells[0], cells[1]));
        }

        return new KernelTable(rows);
    }
}
