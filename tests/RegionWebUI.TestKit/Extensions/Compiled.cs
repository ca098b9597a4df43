namespace RegionWebUI.TestKit.Extensions;

/// <summary>An assembly compiled by a test.</summary>
/// <param name="Name">Its name without .dll.</param>
/// <param name="Dll">The assembly.</param>
/// <param name="Pdb">Its symbols.</param>
public sealed record Compiled(string Name, byte[] Dll, byte[] Pdb)
{
    /// <summary>Puts it with its symbols into a folder.</summary>
    /// <param name="folder">The test's folder.</param>
    /// <param name="path">Where in it, with '/' between the parts.</param>
    public void Write(TemporaryFolder folder, string path)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder.Write($"{path}/{Name}.dll", Dll);
        folder.Write($"{path}/{Name}.pdb", Pdb);
    }
}
