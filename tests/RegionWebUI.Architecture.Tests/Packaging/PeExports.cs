using System.Reflection.PortableExecutable;

namespace RegionWebUI.Architecture.Tests.Packaging;

/// <summary>Reads the export table of a Windows library (PE format, section 6.3 "The .edata Section"), on any platform.</summary>
internal static class PeExports
{
    private const int NumberOfNames = 24;
    private const int AddressOfNames = 32;

    /// <summary>Names of the functions the library exports.</summary>
    public static IReadOnlyList<string> Of(string file)
    {
        using var pe = new PEReader(File.OpenRead(file));
        var table = pe.PEHeaders.PEHeader!.ExportTableDirectory;
        if (table.Size == 0)
        {
            return [];
        }

        var count = Number(pe, table.RelativeVirtualAddress + NumberOfNames);
        var names = Number(pe, table.RelativeVirtualAddress + AddressOfNames);
        return [.. Enumerable.Range(0, count).Select(i => Text(pe, Number(pe, names + (4 * i))))];
    }

    private static int Number(PEReader pe, int address) => pe.GetSectionData(address).GetReader(0, 4).ReadInt32();

    private static string Text(PEReader pe, int address)
    {
        var reader = pe.GetSectionData(address).GetReader();
        var length = reader.IndexOf(0);
        return length < 0 ? throw new BadImageFormatException("A name of the export table has no end.") : reader.ReadUTF8(length);
    }
}
