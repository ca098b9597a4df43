using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Commands;

/// <summary>Where extensions are looked for.</summary>
internal static class ExtensionFolders
{
    private const string Name = "extensions";

    /// <summary>The folders in the order in which they are looked through; an id met twice belongs to the first.</summary>
    /// <param name="programFolder">The folder of the executable.</param>
    /// <param name="data">The data folder, which may be missing.</param>
    /// <param name="named">Folders that the user named.</param>
    /// <returns>
    /// Full paths: the user's, the program's, the data folder's; the last may be missing. Whoever names a folder on the command line wants
    /// what is in it, so its extensions are on as the program's are, unless they were switched off.
    /// </returns>
    /// <exception cref="BadInputException">A folder the user named is not there.</exception>
    public static IReadOnlyList<ExtensionRoot> Of(string programFolder, DataFolder data, IReadOnlyList<string> named)
    {
        if (named.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
        {
            throw new BadInputException("Extensions", $"The folder '{missing}' of {ExtensionOptions.FoldersName} is not there.");
        }

        IEnumerable<string> own = FindProgramExtensions(programFolder) is { } found ? [found] : [];
        return
        [
            .. named.Select(Path.GetFullPath).Concat(own).Select(folder => new ExtensionRoot(folder, IsOwn: true)),
            new ExtensionRoot(Path.Join(data.Root, Name), IsOwn: false),
        ];
    }

    /// <summary>
    /// The extensions that came with the program: <c>extensions</c> beside it, else <c>extensions</c> of the checkout it was built in.
    /// </summary>
    /// <param name="programFolder">The folder of the executable.</param>
    /// <returns>A full path, or null when there is neither.</returns>
    public static string? FindProgramExtensions(string programFolder)
    {
        var beside = Path.Join(programFolder, Name);
        if (Directory.Exists(beside))
        {
            return Path.GetFullPath(beside);
        }

        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            var own = Path.Join(folder.FullName, Name);
            if (File.Exists(Path.Join(folder.FullName, "RegionWebUI.sln")) && Directory.Exists(own))
            {
                return own;
            }
        }

        return null;
    }
}
