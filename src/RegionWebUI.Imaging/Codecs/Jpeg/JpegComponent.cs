namespace RegionWebUI.Imaging.Codecs.Jpeg;

/// <summary>One plane of a frame (ITU-T T.81, B.2.2).</summary>
/// <param name="Id">What scans call it.</param>
/// <param name="Horizontal">Horizontal sampling factor, 1 to 4.</param>
/// <param name="Vertical">Vertical sampling factor, 1 to 4.</param>
/// <param name="Table">Its quantisation table, 0 to 3.</param>
internal readonly record struct JpegComponent(int Id, int Horizontal, int Vertical, int Table);
