using System.Reflection;
using System.Runtime.Loader;

namespace RegionWebUI.Host.Extensions.Loading;

/// <summary>Which assemblies extensions share with the program.</summary>
internal static class ProgramAssemblies
{
    /// <summary>What an extension may reference, in words.</summary>
    public const string AllowedDescribed =
        "RegionWebUI.Sdk, RegionWebUI.Graph, RegionWebUI.Imaging, Microsoft.AspNetCore.Components*, System.* and what lies in its own folder";

    private static readonly string[] _sdk = ["RegionWebUI.Sdk", "RegionWebUI.Graph", "RegionWebUI.Imaging"];
    private static readonly string[] _private = ["regionwebui", "RegionWebUI.Host", "RegionWebUI.Diffusion", "RegionWebUI.Onnx"];

    /// <summary>Whether an assembly is part of the contract, so that program and extension must mean the same one.</summary>
    public static bool IsSdk(string name) => Is(_sdk, name);

    /// <summary>Whether an assembly is the program's own, which no extension may know, not even as a copy in its folder.</summary>
    public static bool IsPrivate(string name) => Is(_private, name);

    /// <summary>Whether an extension may take an assembly from the program.</summary>
    public static bool IsAllowed(string name) =>
        IsSdk(name) || IsAspNet(name) || IsFamily(name, "System") || IsFamily(name, "Microsoft.Win32")
        || Is(["netstandard", "mscorlib", "Microsoft.CSharp"], name);

    /// <summary>Whether the program's copy comes before one in the extension's folder, whatever their versions.</summary>
    public static bool IsAlwaysShared(string name) => IsSdk(name) || IsAspNet(name);

    /// <summary>The program's assembly of a name that extensions may take; null when it has none, or an older one.</summary>
    public static Assembly? Find(AssemblyName wanted)
    {
        if (wanted.Name is not { } name || !IsAllowed(name))
        {
            return null;
        }

        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(IsAlwaysShared(name) ? new AssemblyName(name) : wanted);
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // No such assembly of that version is the answer, not a fault.
            return null;
        }
    }

    private static bool IsAspNet(string name) => IsFamily(name, "Microsoft.AspNetCore.Components");

    private static bool IsFamily(string name, string family) =>
        name.StartsWith(family, StringComparison.OrdinalIgnoreCase) && (name.Length == family.Length || name[family.Length] == '.');

    private static bool Is(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
