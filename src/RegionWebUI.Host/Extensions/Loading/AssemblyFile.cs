using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>An assembly as it lies on the disk, with what its metadata says.</summary>
/// <param name="FileName">Its file's name without folder.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Bytes">The whole file.</param>
/// <param name="Symbols">Its .pdb; null when there is none.</param>
/// <param name="References">What it references.</param>
internal sealed record AssemblyFile(string FileName, string Name, byte[] Bytes, byte[]? Symbols, IReadOnlyList<AssemblyName> References)
{
    /// <summary>Where an assembly's symbols lie.</summary>
    public static string SymbolsOf(string path) => Path.ChangeExtension(path, ".pdb");

    /// <summary>Bytes of a file, links followed; 0 for a pipe or a device, whose reading might never end.</summary>
    public static long LengthOf(string path) =>
        ((FileInfo?)new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(path)).Length;

    /// <summary>Reads an assembly and its symbols.</summary>
    /// <returns>Null for a native library.</returns>
    /// <exception cref="ExtensionRefusedException">The file is damaged or for another kind of machine.</exception>
    /// <exception cref="IOException">It cannot be read just now.</exception>
    public static AssemblyFile? Read(string path)
    {
        var name = Path.GetFileName(path);
        var bytes = LengthOf(path) > 0 ? File.ReadAllBytes(path) : throw Damaged(name);
        var symbols = SymbolsOf(path);
        try
        {
            using var image = new PEReader(new MemoryStream(bytes, writable: false));
            if (!image.HasMetadata)
            {
                return IsCutOff(image, bytes.Length) ? throw Damaged(name) : null;
            }

            CheckMachine(image.PEHeaders, name);
            if (IsCutOff(image, bytes.Length))
            {
                throw Damaged(name);
            }

            var metadata = image.GetMetadataReader();
            if (!metadata.IsAssembly)
            {
                throw new ExtensionRefusedException($"'{name}' is a module, not an assembly.");
            }

            return new AssemblyFile(
                name,
                metadata.GetString(metadata.GetAssemblyDefinition().Name),
                bytes,
                File.Exists(symbols) && LengthOf(symbols) > 0 ? File.ReadAllBytes(symbols) : null,
                [.. metadata.AssemblyReferences.Select(h => metadata.GetAssemblyReference(h).GetAssemblyName())]);
        }
        catch (Exception error) when (error is BadImageFormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            return IsNative(bytes) ? null : throw Damaged(name);
        }
    }

    // ELF and Mach-O libraries may lie beside an assembly under any name.
    private static bool IsNative(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\u007fELF"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE]);

    private static bool IsCutOff(PEReader image, int length) =>
        image.PEHeaders.SectionHeaders.Any(s => (long)s.PointerToRawData + s.SizeOfRawData > length);

    private static void CheckMachine(PEHeaders headers, string name)
    {
        var only32 = headers.CorHeader is { } cor && cor.Flags.HasFlag(CorFlags.Requires32Bit) && !cor.Flags.HasFlag(CorFlags.Prefers32Bit);
        Architecture? wanted = headers.CoffHeader.Machine switch
        {
            Machine.I386 when only32 => Architecture.X86,
            Machine.Amd64 => Architecture.X64,
            Machine.Arm64 => Architecture.Arm64,
            Machine.Arm or Machine.ArmThumb2 => Architecture.Arm,
            _ => null,
        };
        if (wanted is { } other && other != RuntimeInformation.ProcessArchitecture)
        {
            throw new ExtensionRefusedException(
                $"'{name}' was built for {other}, but this program runs on {RuntimeInformation.ProcessArchitecture}; build it for any CPU.");
        }
    }

    private static ExtensionRefusedException Damaged(string name) => new($"'{name}' is not a whole .NET assembly; build it anew or copy it again.");
}
