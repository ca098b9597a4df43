using RegionWebUI.Imaging.Codecs.Exif;

namespace RegionWebUI.Imaging.Codecs.Skia;

/// <summary>Receives the stored rows of a picture and lays their pixels where they belong in the upright one.</summary>
internal sealed class UprightRows
{
    /// <summary>Red, green, blue, opacity.</summary>
    public const int PixelBytes = 4;

    private readonly (int Start, int StepX, int StepY) _walk;
    private readonly int _width;
    private readonly (int Width, int Height) _size;
    private readonly byte[] _rgb;
    private readonly byte[]? _alpha;

    /// <summary>Takes the memory for a picture whose size was judged.</summary>
    public UprightRows(int width, int height, bool hasAlpha, Orientation orientation)
    {
        _width = width;
        _walk = orientation.Walk(width, height);
        _size = orientation.Turn(width, height);
        _rgb = new byte[width * height * 3];
        _alpha = hasAlpha ? new byte[width * height] : null;
    }

    public Image Image => new(_size.Width, _size.Height, _rgb);

    public ReadOnlyMemory<byte>? Alpha => _alpha is null ? default(ReadOnlyMemory<byte>?) : _alpha;

    /// <summary>Takes rows as stored.</summary>
    /// <param name="rgba">Whole rows, one after the other.</param>
    /// <param name="y">Which is the first.</param>
    public void Store(ReadOnlySpan<byte> rgba, int y)
    {
        var rowBytes = _width * PixelBytes;
        for (var row = 0; row < rgba.Length / rowBytes; row++)
        {
            StoreRow(rgba.Slice(row * rowBytes, rowBytes), _walk.Start + ((y + row) * _walk.StepY));
        }
    }

    private void StoreRow(ReadOnlySpan<byte> rgba, int at)
    {
        for (var from = 0; from < rgba.Length; from += PixelBytes, at += _walk.StepX)
        {
            var to = at * 3;
            _rgb[to] = rgba[from];
            _rgb[to + 1] = rgba[from + 1];
            _rgb[to + 2] = rgba[from + 2];
            if (_alpha is not null)
            {
                _alpha[at] = rgba[from + 3];
            }
        }
    }
}
