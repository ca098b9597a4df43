using System.Text;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>WebPs put together by hand, right or wrong.</summary>
internal static class WebpParts
{
    public static byte[] Chunk(string type, params byte[] data) =>
        [.. Encoding.Latin1.GetBytes(type), .. ExifParts.Number(data.Length, 4, false), .. data, .. new byte[data.Length % 2]];

    public static byte[] File(params byte[][] chunks)
    {
        byte[] body = [.. "WEBP"u8, .. chunks.SelectMany(c => c)];
        return [.. "RIFF"u8, .. ExifParts.Number(body.Length, 4, false), .. body];
    }

    public static byte[] Extended(int width, int height, byte flags = 0) =>
        Chunk("VP8X", [flags, 0, 0, 0, .. ExifParts.Number(width - 1, 3, false), .. ExifParts.Number(height - 1, 3, false)]);

    /// <summary>The head of a picture with loss, without pixels.</summary>
    public static byte[] Lossy(int width, int height) =>
        Chunk("VP8 ", [0x10, 0, 0, 0x9D, 0x01, 0x2A, .. ExifParts.Number(width, 2, false), .. ExifParts.Number(height, 2, false)]);

    /// <summary>The head of a picture without loss, without pixels.</summary>
    public static byte[] Lossless(int width, int height) =>
        Chunk("VP8L", [0x2F, .. ExifParts.Number((width - 1) | ((height - 1) << 14), 4, false)]);
}
