using System.Security.Cryptography;

namespace RegionWebUI;

/// <summary>Draws the seed of a run that names none, 0..4294967295.</summary>
internal delegate long SeedSource();

/// <summary>Sources of seeds.</summary>
internal static class SeedSources
{
    /// <summary>The operating system's generator.</summary>
    internal static long System() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
}
