namespace RegionWebUI.TestKit;

/// <summary>The checkout the tests run in.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The embedded model's folder.</summary>
    public static string PocketModel => Path("models", "pocket");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "RegionWebUI.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No RegionWebUI.sln above {AppContext.BaseDirectory}.");
    }
}
