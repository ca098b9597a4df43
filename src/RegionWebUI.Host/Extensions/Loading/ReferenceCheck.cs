using System.Globalization;
using System.Reflection;
using RegionWebUI.Diffusion;

namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>
/// Judges what an extension's assemblies reference, from their metadata and before any of them is loaded. It keeps authors on the
/// contract; it is no wall against code that means harm.
/// </summary>
internal static class ReferenceCheck
{
    /// <summary>Checks every assembly of the folder that can come to be loaded.</summary>
    /// <exception cref="ExtensionRefusedException">The first reference that cannot be had, by name.</exception>
    public static void Check(CodeFiles files)
    {
        if (ProgramAssemblies.IsAllowed(files.Entry.Name) || ProgramAssemblies.IsPrivate(files.Entry.Name))
        {
            throw new ExtensionRefusedException($"its assembly is named '{files.Entry.Name}', which is a name of the program; choose another.");
        }

        // A copy that the program's own assembly stands in for is never loaded, so what it references does not matter.
        foreach (var file in files.All.Where(f => f == files.Entry || !StandsIn(f.Name)).OrderByDescending(f => f == files.Entry))
        {
            foreach (var reference in file.References)
            {
                Check(files, file.FileName, reference);
            }
        }
    }

    private static void Check(CodeFiles files, string by, AssemblyName reference)
    {
        var name = reference.Name ?? "";
        var shown = ErrorText.Line(NameSuggestion.Shortened(name));
        if (ProgramAssemblies.IsPrivate(name))
        {
            throw new ExtensionRefusedException(
                $"'{by}' references {shown}, which is the program's own; an extension may reference {ProgramAssemblies.AllowedDescribed}.");
        }

        var own = ProgramAssemblies.Find(reference);
        if (own is not null && ProgramAssemblies.IsSdk(name))
        {
            CheckSdk(by, shown, reference.Version, own.GetName().Version);
        }
        else if (own is null && files.Find(name) is null)
        {
            throw new ExtensionRefusedException(ProgramAssemblies.IsAllowed(name)
                ? $"'{by}' references {shown} {reference.Version}, which this program does not have; put {shown}.dll beside it."
                : $"'{by}' references {shown}, which is not there: an extension may reference {ProgramAssemblies.AllowedDescribed}.");
        }
    }

    private static void CheckSdk(string by, string name, Version? wanted, Version? own)
    {
        if (wanted is not null && own is not null && (wanted.Major, wanted.Minor).CompareTo((own.Major, own.Minor)) > 0)
        {
            throw new ExtensionRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{by}' was built against {name} {wanted.Major}.{wanted.Minor}, but this program has {own.Major}.{own.Minor}; build it for that."));
        }
    }

    private static bool StandsIn(string name) =>
        ProgramAssemblies.IsAlwaysShared(name) && ProgramAssemblies.Find(new AssemblyName(name)) is not null;
}
