namespace RegionWebUI.Architecture.Tests.References;

/// <summary>Compares what projects and assemblies reference with the picture of the house.</summary>
internal static class ReferenceChecker
{
    /// <summary>References of a project file that the picture does not hold, one sentence each.</summary>
    public static IEnumerable<string> Check(IReadOnlyList<Room> house, ProjectFile project)
    {
        var room = house.SingleOrDefault(r => r.Name == project.Name);
        if (room is null)
        {
            yield return $"{project.Name} is not a room of the house.";
            yield break;
        }

        if (project.Sdk != room.Sdk)
        {
            yield return $"{project.Name} is built with {project.Sdk}, not {room.Sdk}.";
        }

        foreach (var framework in project.Frameworks.Except(room.Frameworks))
        {
            yield return $"{project.Name} must not use the framework {framework}.";
        }

        foreach (var name in project.Projects.Where(p => !room.Projects.Contains(p)))
        {
            yield return $"{project.Name} must not reference {name}.";
        }

        foreach (var name in project.Packages.Where(p => !Matches(room.Packages, p) && p != "Microsoft.CodeAnalysis.BannedApiAnalyzers"))
        {
            yield return $"{project.Name} must not reference the package {name}.";
        }
    }

    /// <summary>Compiled references that the picture does not hold, one sentence each.</summary>
    /// <param name="house">The picture.</param>
    /// <param name="assembly">Name of the assembly.</param>
    /// <param name="references">Names of the assemblies it references.</param>
    public static IEnumerable<string> Check(IReadOnlyList<Room> house, string assembly, IEnumerable<string> references)
    {
        var room = house.SingleOrDefault(r => r.Assembly == assembly);
        return room is null
            ? [$"{assembly} is not a room of the house."]
            : references.Where(name => !room.Rooms.Contains(name) && !Matches(room.Assemblies, name) && !IsBaseLibrary(name))
                .Select(name => $"{assembly} must not use {name}.");
    }

    private static bool IsBaseLibrary(string name) =>
        name is "netstandard" or "mscorlib" or "System" or "Microsoft.CSharp" or "Microsoft.Win32.Primitives" or "Microsoft.Win32.Registry"
        || (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.CommandLine");

    private static bool Matches(string[] patterns, string name) =>
        patterns.Any(p => p.EndsWith('*') ? name.StartsWith(p[..^1], StringComparison.Ordinal) : p == name);
}
