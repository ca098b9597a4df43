using RegionWebUI.Imaging.Codecs;
using RegionWebUI.Imaging.Codecs.Exif;

namespace RegionWebUI.Imaging.Tests.Codecs.Exif;

public class ExifWriterTests
{
    [Fact]
    public void Write_Text_IsABigEndianUserCommentInUtf16() =>
        Assert.Equal(
            [
                .. "MM\0*"u8, 0, 0, 0, 8,
                0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0,
                0, 1, 0x92, 0x86, 0, 7, 0, 0, 0, 12, 0, 0, 0, 44, 0, 0, 0, 0,
                .. "UNICODE\0"u8, 0, (byte)'h', 0x73, 0x2B,
            ],
            ExifWriter.Write("h猫", PictureFormat.Webp, PictureLimits.Default));

    [Fact]
    public void Write_LoneSurrogate_BecomesReplacementCharacter() =>
        Assert.Equal([0xFF, 0xFD], ExifWriter.Write("\uD800", PictureFormat.Jpeg, PictureLimits.Default)[^2..]);
}
