namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>An assembly compiled by a test.</summary>
/// <param name="Name">Its name without .dll.</param>
/// <param name="Dll">The assembly.</param>
/// <param name="Pdb">Its symbols.</param>
internal sealed record Compiled(string Name, byte[] Dll, byte[] Pdb);
