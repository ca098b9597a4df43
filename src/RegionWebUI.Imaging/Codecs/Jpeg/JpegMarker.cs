namespace RegionWebUI.Imaging.Codecs.Jpeg;

/// <summary>The second byte of a marker (ITU-T T.81, table B.1).</summary>
internal static class JpegMarker
{
    public const byte FrameFirst = 0xC0;
    public const byte FrameSequential = 0xC1;
    public const byte FrameProgressive = 0xC2;
    public const byte HuffmanTables = 0xC4;
    public const byte Extensions = 0xC8;
    public const byte ArithmeticTables = 0xCC;
    public const byte FrameLast = 0xCF;
    public const byte RestartFirst = 0xD0;
    public const byte RestartLast = 0xD7;
    public const byte Start = 0xD8;
    public const byte End = 0xD9;
    public const byte Scan = 0xDA;
    public const byte QuantisationTables = 0xDB;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte Temporary = 0x01;

    public static bool IsFrame(byte marker) =>
        marker is >= FrameFirst and <= FrameLast and not (HuffmanTables or Extensions or ArithmeticTables);

    /// <summary>Markers that no length follows.</summary>
    public static bool StandsAlone(byte marker) => marker is (>= RestartFirst and <= Start) or Temporary or 0;
}
