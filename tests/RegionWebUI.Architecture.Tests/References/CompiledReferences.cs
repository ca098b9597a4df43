using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RegionWebUI.Architecture.Tests.References;

/// <summary>Reads references from metadata without loading the assembly.</summary>
internal static class CompiledReferences
{
    public static IReadOnlyList<string> Of(string file)
    {
        using var pe = new PEReader(File.OpenRead(file));
        var metadata = pe.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))];
    }
}
