using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs.Exif;

public class OrientationTests
{
    // Taller than a strip of decoded rows, and no side a multiple of a block.
    private static readonly Image _picture = Pictures.Make(37, 131, 5, 12, new Random(6));

    private static readonly byte[] _jpeg = PictureFile.Encode(_picture, PictureEncoding.Jpeg(), null);

    private static readonly byte[] _webp = PictureFile.Encode(_picture, PictureEncoding.Webp(), null);

    public static MatrixTheoryData<int, bool> All => new([1, 2, 3, 4, 5, 6, 7, 8], [true, false]);

    [Theory]
    [MemberData(nameof(All))]
    public void Decode_Orientation_TurnsThePictureUpright(int orientation, bool bigEndian)
    {
        var exif = ExifParts.Make(bigEndian, orientation, null);
        AssertTurned(_jpeg, ExifParts.IntoJpeg(_jpeg, exif), orientation);
        AssertTurned(_webp, ExifParts.IntoWebp(_webp, exif), orientation);
        AssertTurned(_webp, ExifParts.IntoWebp(_webp, [.. "Exif\0\0"u8, .. exif]), orientation);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Decode_OrientationWithTransparency_TurnsItToo(int orientation, bool bigEndian)
    {
        var file = TransparentPictures.Webp(9, 5, lossless: bigEndian);
        var stored = PictureFile.Decode(file);
        var upright = PictureFile.Decode(ExifParts.IntoWebp(file, ExifParts.Make(bigEndian, orientation, null)));
        Assert.Equal(Turned.By(stored.Alpha!.Value.Span, 1, 9, 5, orientation), upright.Alpha!.Value.ToArray());
        Assert.Equal(Turned.By(stored.Image, orientation), upright.Image.Rgb.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void Decode_OrientationThatDoesNotExist_LeavesThePicture(int orientation) =>
        AssertTurned(_jpeg, ExifParts.IntoJpeg(_jpeg, ExifParts.Make(true, orientation, null)), 1);

    private static void AssertTurned(byte[] plain, byte[] turned, int orientation)
    {
        var stored = PictureFile.Decode(plain).Image;
        var upright = PictureFile.Decode(turned).Image;
        var size = orientation >= 5 ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        Assert.Equal(size, (upright.Width, upright.Height));
        Assert.Equal(Turned.By(stored, orientation), upright.Rgb.ToArray());
        var info = PictureFile.ReadInfo(turned);
        Assert.Equal(size, (info.Width, info.Height));
    }
}
