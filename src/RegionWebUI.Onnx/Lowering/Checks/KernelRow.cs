using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace RegionWebUI.Onnx.Lowering.Checks;

/// <summary>One kernel of a provider: a line of its table.</summary>
/// <param name="Domain">Domain as nodes name it.</param>
/// <param name="Op">Name of the op.</param>
/// <param name="Since">The version of the op it was registered for.</param>
/// <param name="Types">Element types of each input; the last set goes for all further inputs.</param>
/// <param name="Initialisers">Inputs that must be initialisers.</param>
/// <param name="LeastRank">Least number of axes of the first input.</param>
/// <param name="MostRank">Greatest number of axes of the first input.</param>
/// <param name="Limits">Further conditions.</param>
internal sealed record KernelRow(
    string Domain,
    string Op,
    int Since,
    ImmutableArray<FrozenSet<ElementType>> Types,
    ImmutableArray<int> Initialisers,
    int LeastRank,
    int MostRank,
    ImmutableArray<KernelLimit> Limits)
{
    private const int MostColumns = 7;
    private const string None = "-";

    private static readonly ElementType[] _integers =
    [
        ElementType.Int8, ElementType.Int16, ElementType.Int32, ElementType.Int64,
        ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64,
    ];

    // Words for sets of types, and every type by its own name.
    private static readonly Dictionary<string, ElementType[]> _words =
        new(Enum.GetValues<ElementType>().Select(t => KeyValuePair.Create(t.ToString().ToLowerInvariant(), new[] { t })))
        {
            ["all"] = Enum.GetValues<ElementType>(),
            ["scalars"] = [.. Enum.GetValues<ElementType>().Except([ElementType.BFloat16])],
            ["floats"] = [ElementType.Float, ElementType.Float16],
            ["numbers"] = [ElementType.Float, ElementType.Float16, .. _integers],
        };

    /// <summary>Element types that an input may have.</summary>
    public FrozenSet<ElementType> TypesOf(int input) => Types[Math.Min(input, Types.Length - 1)];

    /// <summary>Reads a line that was split at its tabs.</summary>
    /// <exception cref="FormatException">A cell is not of the form that cpu.tsv explains.</exception>
    public static KernelRow Read(string[] cells)
    {
        if (cells.Length is < 4 or > MostColumns)
        {
            throw new FormatException($"A kernel has 4 to {MostColumns} columns, not {cells.Length}: {string.Join(' ', cells)}");
        }

        string[] Words(int column, char separator) => cells.Length > column && cells[column] != None ? cells[column].Split(separator) : [];
        var ranks = Words(5, '-');
        return new KernelRow(
            TableFile.Domain(cells[0]),
            cells[1],
            Number(cells[2]),
            [.. cells[3].Split('|').Select(input => input.Split(',').SelectMany(Expand).ToFrozenSet())],
            [.. Words(4, ',').Select(Number)],
            ranks.Length == 0 ? 0 : Number(ranks[0]),
            ranks.Length == 0 ? int.MaxValue : Number(ranks[^1]),
            [.. Words(6, ' ').Select(KernelLimit.Read)]);
    }

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private static ElementType[] Expand(string word) => _words.TryGetValue(word, out var types)
        ? types
        : throw new FormatException($"'{word}' is no element type.");
}
