using System.Collections.Frozen;
using System.Globalization;
using RegionWebUI.Onnx.Lowering.Checks;

namespace RegionWebUI.Onnx.Lowering;

/// <summary>
/// The kernels of an execution provider, as data (Kernels/*.tsv; cpu.tsv explains the columns). Independent of the lowering, so that each
/// checks the other.
/// </summary>
internal sealed class KernelTable
{
    private readonly FrozenDictionary<(string Domain, string Op), KernelRow> _rows;

    private KernelTable(IEnumerable<KernelRow> rows, int largestRank, int smallestDim) =>
        (_rows, LargestRank, SmallestDim) = (rows.ToFrozenDictionary(r => (r.Domain, r.Op)), largestRank, smallestDim);

    /// <summary>The CPU's kernels, which also fold what is known before anything runs, whatever provider runs the rest.</summary>
    public static KernelTable Cpu { get; } = Load("cpu");

    /// <summary>Most axes that any tensor may have.</summary>
    public int LargestRank { get; }

    /// <summary>Least size of any axis: 1 where the provider refuses tensors without elements.</summary>
    public int SmallestDim { get; }

    /// <summary>The kernel of an op; null when the provider has none.</summary>
    public KernelRow? Find(string domain, string op) => _rows.GetValueOrDefault((domain, op));

    /// <summary>Reads a table that is embedded in this assembly.</summary>
    public static KernelTable Load(string provider) => Read(TableFile.Lines(provider));

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A line is not of the form that cpu.tsv explains.</exception>
    public static KernelTable Read(IEnumerable<string> lines)
    {
        var (largestRank, smallestDim) = (int.MaxValue, 0);
        var rows = new List<KernelRow>();
        foreach (var cells in lines.Select(line => line.Split('\t')))
        {
            switch (cells[0])
            {
                case "@rank":
                    largestRank = int.Parse(cells[1], CultureInfo.InvariantCulture);
                    break;
                case "@dims":
                    smallestDim = int.Parse(cells[1], CultureInfo.InvariantCulture);
                    break;
                default:
                    rows.Add(KernelRow.Read(cells));
                    break;
            }
        }

        return new KernelTable(rows, largestRank, smallestDim);
    }
}
