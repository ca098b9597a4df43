namespace RegionWebUI.Imaging.Codecs;

/// <summary>How the runtime says that compressed bytes in memory are damaged.</summary>
internal static class Inflation
{
    /// <summary>
    /// Bytes that no zlib stream has; or, as an <see cref="IOException"/>, a stream that asks for a dictionary, which a PNG's may not
    /// (PNG specification, 10.1).
    /// </summary>
    public static bool IsDamage(Exception error) => error is InvalidDataException or IOException;
}
