using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs;

/// <summary>JPEGs put together by hand, right or wrong.</summary>
internal static class JpegParts
{
    public static byte[] Start => [0xFF, 0xD8];

    public static byte[] End => [0xFF, 0xD9];

    /// <summary>Quantisation table 0, all ones.</summary>
    public static byte[] Table => Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);

    public static byte[] Segment(byte marker, params byte[] data) => [0xFF, marker, .. ExifParts.Number(data.Length + 2, 2, true), .. data];

    /// <summary>A frame header whose components 1, 2, ... all use table 0.</summary>
    public static byte[] Frame(int width, int height, byte marker = 0xC0, byte bits = 8, int components = 1, byte sampling = 0x11, byte table = 0) =>
        Segment(
            marker,
            [
                bits, .. ExifParts.Number(height, 2, true), .. ExifParts.Number(width, 2, true), (byte)components,
                .. Enumerable.Range(1, components).SelectMany(c => (byte[])[(byte)c, sampling, table]),
            ]);

    /// <summary>A scan of component 1 and so many bytes of coded pixels.</summary>
    public static byte[] Scan(int bytes, byte component = 1) =>
        [.. Segment(0xDA, 1, component, 0, 0, 63, 0), .. Enumerable.Repeat((byte)0x55, bytes)];

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    /// <summary>A real picture of this size.</summary>
    public static byte[] Make(int width, int height) =>
        PictureFile.Encode(Pictures.Make(width, height, 5, 12, new Random(10)), PictureEncoding.Jpeg(), null);
}
