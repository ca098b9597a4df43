using System.Text;
using RegionWebUI.Imaging.Codecs;

namespace RegionWebUI.Imaging.Tests.Codecs.Exif;

public class UserCommentTests
{
    private const string Text = "a cat, café, 猫\nSteps: 20, Sampler: Euler a";

    private static readonly byte[] _jpeg = PictureFile.Encode(new Image(2, 2, new byte[12]), PictureEncoding.Jpeg(), null);

    public static TheoryData<string, bool, byte[], string?> Comments => new()
    {
        { "A1111", true, [.. "UNICODE\0"u8, .. Encoding.BigEndianUnicode.GetBytes(Text)], Text },
        { "A1111's text in turned data", false, [.. "UNICODE\0"u8, .. Encoding.BigEndianUnicode.GetBytes(Text)], Text },
        { "little-endian text and data", false, [.. "UNICODE\0"u8, .. Encoding.Unicode.GetBytes(Text)], Text },
        { "little-endian with mark", false, [.. "UNICODE\0"u8, 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("猫")], "猫" },
        { "half a unit at the end", true, [.. "UNICODE\0"u8, .. Encoding.BigEndianUnicode.GetBytes("ab"), 0], "ab" },
        { "ASCII", true, [.. "ASCII\0\0\0a cat\0"u8], "a cat" },
        { "UTF-8 under the name of ASCII", true, [.. "ASCII\0\0\0"u8, .. Encoding.UTF8.GetBytes(Text)], Text },
        { "Latin-1 under the name of ASCII", true, [.. "ASCII\0\0\0"u8, .. Encoding.Latin1.GetBytes("café")], "café" },
        { "JIS", true, [.. "JIS\0\0\0\0\0"u8, 0x94, 0x4C], "猫" },
        { "no code", false, [.. new byte[8], .. Encoding.UTF8.GetBytes(Text)], Text },
        { "unknown code", true, [.. "a cat and no code at all"u8], "a cat and no code at all" },
        { "short", true, [.. "cat"u8], "cat" },
        { "empty", true, [], null },
        { "blank, as cameras leave it", true, [.. "ASCII\0\0\0"u8, .. "     \0\0\0"u8], null },
        { "zeros", false, new byte[64], null },
        { "code only", true, [.. "UNICODE\0"u8], null },
    };

    [Theory]
    [MemberData(nameof(Comments))]
    public void ReadInfo_UserComment_IsReadInItsEncoding(string name, bool bigEndian, byte[] comment, string? expected)
    {
        var info = PictureFile.ReadInfo(ExifParts.IntoJpeg(_jpeg, ExifParts.Make(bigEndian, null, comment)));
        Assert.True(expected == info.Infotext, $"{name}: {info.Infotext}");
        Assert.Null(info.TextProblem);
    }

    [Theory]
    [InlineData(1 << 20, true)]
    [InlineData((1 << 20) + 1, false)]
    public void ReadInfo_TextAtLimit_IsReadAndBeyondIsSaid(int length, bool read)
    {
        var comment = new byte[length];
        comment.AsSpan().Fill((byte)'a');
        var webp = PictureFile.Encode(new Image(2, 2, new byte[12]), PictureEncoding.Webp(), null);
        var decoded = PictureFile.Decode(ExifParts.IntoWebp(webp, ExifParts.Make(true, null, comment)));
        Assert.Equal(read ? length : null, decoded.Infotext?.Length);
        Assert.Equal(read, decoded.TextProblem is null);
        Assert.True(read || decoded.TextProblem!.Contains("1048577 bytes; at most 1048576", StringComparison.Ordinal));
    }

    [Fact]
    public void ReadInfo_CommentOutsideOfData_IsSaidAndThePictureIsRead()
    {
        var exif = ExifParts.Make(true, 6, [.. "ASCII\0\0\0a cat"u8]);
        var decoded = PictureFile.Decode(ExifParts.IntoJpeg(_jpeg, exif[..^1]));
        Assert.Null(decoded.Infotext);
        Assert.StartsWith("The picture's infotext is damaged", decoded.TextProblem, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadInfo_ExifCutAnywhere_StillReadsThePicture()
    {
        var exif = ExifParts.Make(false, 3, [.. "ASCII\0\0\0a cat"u8]);
        for (var length = 0; length < exif.Length; length++)
        {
            Assert.Null(PictureFile.ReadInfo(ExifParts.IntoJpeg(_jpeg, exif[..length])).Infotext);
        }
    }

    [Fact]
    public void ReadInfo_DirectoryPointsToItself_Ends()
    {
        byte[] exif = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8];
        Assert.Equal(new PictureInfo(PictureFormat.Jpeg, 2, 2, null, null), PictureFile.ReadInfo(ExifParts.IntoJpeg(_jpeg, exif)));
    }
}
