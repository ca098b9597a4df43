namespace RegionWebUI.Imaging.Codecs;

/// <summary>A chunk before its data.</summary>
/// <param name="Type">Its four letters.</param>
/// <param name="Length">Bytes of data, without head and checksum.</param>
internal readonly record struct PngChunkHead(PngChunkType Type, int Length);
