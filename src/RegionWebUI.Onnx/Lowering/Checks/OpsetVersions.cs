using System.Collections.Frozen;
using System.Globalization;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>
/// Which version of each op a model of opset 17 means (Kernels/opset17.tsv, from the changelog of ONNX): the last one at or before it. A
/// kernel that is registered for another version does not match (onnx-engine b.1).
/// </summary>
internal static class OpsetVersions
{
    private static readonly FrozenDictionary<(string Domain, string Op), int> _since = TableFile.Lines("opset17")
        .Select(line => line.Split('\t'))
        .ToFrozenDictionary(cells => (TableFile.Domain(cells[0]), cells[1]), cells => int.Parse(cells[2], CultureInfo.InvariantCulture));

    /// <summary>The version; null for an op that opset 17 does not have.</summary>
    public static int? Since(string domain, string op) => _since.TryGetValue((domain, op), out var since) ? since : null;
}
