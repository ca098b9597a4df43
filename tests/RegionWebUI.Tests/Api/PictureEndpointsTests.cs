using System.Net;
using RegionWebUI.Sdk;
using RegionWebUI.Tests.Fakes;

namespace RegionWebUI.Tests.Api;

public sealed class PictureEndpointsTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly CancellationToken _end = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_KnownId_ServesTheFileAndSaysWhenItIsUnchanged()
    {
        var entry = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 1, 1), 1, "x"));
        using var answer = await app.Client.GetAsync($"/api/v1/pictures/{entry.Id}", _end);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await File.ReadAllBytesAsync(app.Gallery.FindFile(entry.Id)!, _end), await answer.Content.ReadAsByteArrayAsync(_end));
        Assert.True(answer.Headers.CacheControl is { NoCache: true, MaxAge: null }, "a browser may show it without asking");
        Assert.Null(answer.Content.Headers.ContentDisposition);

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pictures/{entry.Id}");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await app.Client.SendAsync(again, _end);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Get_SameIdOfAnotherPicture_ServesThatOne()
    {
        var entry = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 3, 1), 3, "x"));
        using var first = await app.Client.GetAsync($"/api/v1/pictures/{entry.Id}", _end);
        var file = app.Gallery.FindFile(entry.Id)!;
        var other = PictureMaker.Png(PictureMaker.Draw(8, 8, 4, 1));
        await File.WriteAllBytesAsync(file, other, _end);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(1));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pictures/{entry.Id}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await app.Client.SendAsync(again, _end);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(other, await second.Content.ReadAsByteArrayAsync(_end));
    }

    [Fact]
    public async Task Get_Download_IsAnAttachmentWithAFileName()
    {
        var entry = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 2, 1), 2, "x"));
        using var answer = await app.Client.GetAsync($"/api/v1/pictures/{entry.Id}?download", _end);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal($"regionwebui-{entry.Id}.png", answer.Content.Headers.ContentDisposition?.FileName);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e%2fx")]
    [InlineData("..%5cx")]
    [InlineData("%252e%252e%252fx")]
    [InlineData("a%00b")]
    [InlineData("C:%5cx")]
    [InlineData("a.png")]
    [InlineData("a%20")]
    public async Task Get_AnythingElse_Answers404WithoutAskingTheDisk(string id)
    {
        using var answer = await app.Client.GetAsync($"/api/v1/pictures/{id}", _end);

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{id}: {answer.StatusCode}");
    }
}
