using RegionWebUI.Diffusion;

namespace RegionWebUI.Host.Settings;

/// <summary>The one folder that holds everything the program keeps.</summary>
public sealed class DataFolder
{
    private const string Variable = "REGIONWEBUI_DATA";

    private DataFolder(string root)
    {
        Root = root;
        Pictures = Path.Join(root, "pictures");
        Models = Path.Join(root, "models");
    }

    /// <summary>The folder itself, as a full path.</summary>
    public string Root { get; }

    /// <summary>Finished pictures, one folder a day.</summary>
    public string Pictures { get; }

    /// <summary>The user's own models, one folder each.</summary>
    public string Models { get; }

    /// <summary>Where the data folder is, without touching the disk.</summary>
    /// <param name="option">The folder named on the command line, or null.</param>
    /// <param name="environment">Reads an environment variable; REGIONWEBUI_DATA names the folder when the option does not.</param>
    /// <returns>A full path: the option, else the variable, else <c>RegionWebUI</c> in the system's folder for application data.</returns>
    /// <exception cref="BadInputException">No folder is named and the system has none for application data, or the name is not a path.</exception>
    public static DataFolder Locate(string? option, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var named = option is { Length: > 0 } ? option : environment(Variable);
        if (named is not { Length: > 0 })
        {
            var system = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            named = system is { Length: > 0 } ? Path.Join(system, "RegionWebUI") : throw Bad("has no place on this system");
        }

        try
        {
            return new DataFolder(Path.GetFullPath(named));
        }
        catch (ArgumentException)
        {
            throw Bad($"cannot be '{named}', which is not a path");
        }
    }

    /// <summary>Makes the folder and its sub-folders where they are missing.</summary>
    /// <exception cref="BadInputException">A folder cannot be made; the sentence names it and the reason.</exception>
    public DataFolder Create()
    {
        foreach (var folder in (string[])[Root, Pictures, Models])
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw Bad($"cannot be made at '{folder}' ({e.Message.TrimEnd('.')})");
            }
        }

        return this;
    }

    private static BadInputException Bad(string reason) =>
        new("DataDir", $"The data folder {reason}; name a folder that can be written to with --data-dir or {Variable}.");
}
