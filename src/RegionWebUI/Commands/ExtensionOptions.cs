using System.CommandLine;

namespace RegionWebUI.Commands;

/// <summary>Options about extensions that several commands share.</summary>
internal static class ExtensionOptions
{
    public const string FoldersName = "--extensions";
    public const string DataDirName = "--data-dir";

    public static Option<string[]> Folders() => new(FoldersName)
    {
        Description = "Another folder of extensions, looked in first; may be given several times.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    public static Option<string> DataDir() => new(DataDirName)
    {
        Description = "Folder of everything that is kept; REGIONWEBUI_DATA names it too.",
        HelpName = "DIR",
    };
}
