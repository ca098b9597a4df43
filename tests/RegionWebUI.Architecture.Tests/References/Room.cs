namespace RegionWebUI.Architecture.Tests.References;

/// <summary>One room of the house and whom it may know.</summary>
/// <param name="Name">Project name.</param>
/// <param name="Assembly">Name of the compiled assembly.</param>
/// <param name="Projects">Rooms its project file may name.</param>
/// <param name="Rooms">Rooms its compiled code may use: those it names and what they pass on.</param>
/// <param name="Packages">Packages its project file may name; a trailing * stands for the rest of a name.</param>
/// <param name="Assemblies">Assemblies other than rooms its compiled code may use; System.* needs no entry.</param>
internal sealed record Room(string Name, string Assembly, string[] Projects, string[] Rooms, string[] Packages, string[] Assemblies)
{
    /// <summary>SDK the project is built with.</summary>
    public string Sdk { get; init; } = "Microsoft.NET.Sdk";

    /// <summary>Shared frameworks its project file may name.</summary>
    public string[] Frameworks { get; init; } = [];
}
