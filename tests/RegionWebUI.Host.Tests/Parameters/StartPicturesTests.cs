using RegionWebUI.Host.Parameters;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Parameters;

public class StartPicturesTests
{
    [Fact]
    public void Decode_MorePixelsThanAllowed_IsRefusedBeforeMemoryIsTaken()
    {
        var png = BlackPng.Of(8192, 4097);
        Assert.InRange(png.Length, 1, 10_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<ImageFormatException>(() => StartPictures.Decode(png, TestContext.Current.CancellationToken));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(
            "It is 8192 x 4097, 33562624 pixels; a picture or mask to start from may have at most 33554432.", refused.Message);
    }

    [Fact]
    public async Task PictureAndMask_AfterOneWasRefused_TheNextIsTaken()
    {
        var stop = TestContext.Current.CancellationToken;
        await Assert.ThrowsAsync<ImageFormatException>(() => StartPictures.PictureAsync(new byte[4], stop));
        await Assert.ThrowsAsync<ImageFormatException>(() => StartPictures.MaskAsync(BlackPng.Of(8192, 4097), stop));
        Assert.Equal(24, (await StartPictures.PictureAsync(BlackPng.Of(4, 2), stop)).Rgb.Length);
        var mask = await StartPictures.MaskAsync(BlackPng.Of(2, 1), stop);
        Assert.Equal([0f, 0f], mask.Values.ToArray());
    }

    [Fact]
    public async Task PictureAsync_AlreadyCancelled_DecodesNothing() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => StartPictures.PictureAsync(BlackPng.Of(4, 2), new CancellationToken(canceled: true)));
}
