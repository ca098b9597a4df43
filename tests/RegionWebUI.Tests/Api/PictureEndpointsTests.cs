using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RegionWebUI.Api;
using RegionWebUI.Imaging.Codecs;
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
    public async Task GetCurves_OfAPicture_AreItsNumbersInFull()
    {
        var entry = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 6, 1), 6, "x") { Curves = [new("loss", [1.0 / 3, -2e-9])] });
        var plain = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 7, 1), 7, "x"));

        var curve = Assert.Single((await app.Client.GetFromJsonAsync<JsonElement>($"/api/v1/pictures/{entry.Id}/curves", _end)).EnumerateArray());
        Assert.Equal("loss", curve.GetProperty("name").GetString());
        Assert.Equal([1.0 / 3, -2e-9], curve.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(0, (await app.Client.GetFromJsonAsync<JsonElement>($"/api/v1/pictures/{plain.Id}/curves", _end)).GetArrayLength());

        using var unknown = await app.Client.GetAsync("/api/v1/pictures/nobody/curves", _end);
        using var path = await app.Client.GetAsync("/api/v1/pictures/..%2F..%2Fx/curves", _end);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [unknown.StatusCode, path.StatusCode]);
        Assert.Equal("unknown-picture", (await unknown.Content.ReadFromJsonAsync<JsonElement>(_end)).GetProperty("code").GetString());
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
    [InlineData("format=jpeg", PictureFormat.Jpeg, null)]
    [InlineData("format=jpeg&quality=95&download", PictureFormat.Jpeg, "jpg")]
    [InlineData("format=webp&quality=1", PictureFormat.Webp, null)]
    [InlineData("format=webp&download", PictureFormat.Webp, "webp")]
    [InlineData("format=png&download", PictureFormat.Png, "png")]
    public async Task Get_InAFormat_IsACopyWithTheInfotext(string query, PictureFormat format, string? ending)
    {
        var picture = PictureMaker.Draw(24, 16, 5, 1);
        var entry = app.Gallery.Add(new GeneratedPicture(picture, 5, "a cat\n\u732b"));
        using var answer = await app.Client.GetAsync($"/api/v1/pictures/{entry.Id}?{query}", _end);
        var copy = PictureFile.Decode(await answer.Content.ReadAsByteArrayAsync(_end));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"image/{format.ToString().ToLowerInvariant()}", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(ending is null ? null : $"regionwebui-{entry.Id}.{ending}", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal((format, 24, 16, "a cat\n\u732b"), (copy.Format, copy.Image.Width, copy.Image.Height, copy.Infotext));
        Assert.True(answer.Headers.CacheControl is { NoCache: true, MaxAge: null });

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pictures/{entry.Id}?{query}");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await app.Client.SendAsync(again, _end);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(answer.Headers.ETag, unchanged.Headers.ETag);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync(_end));
    }

    [Fact]
    public async Task Get_QualityAndFormat_TellCopiesApart()
    {
        var entry = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(64, 64, 6, 0.5), 6, "x"));
        var (sizes, tags) = (new List<long>(), new HashSet<string>());
        foreach (var query in new[] { "", "format=webp", "format=jpeg", "format=jpeg&quality=10", "format=jpeg&quality=95" })
        {
            using var answer = await app.Client.GetAsync($"/api/v1/pictures/{entry.Id}?{query}", _end);
            tags.Add(answer.Headers.ETag!.Tag);
            sizes.Add((await answer.Content.ReadAsByteArrayAsync(_end)).Length);
        }

        Assert.Equal(5, tags.Count);
        Assert.True(sizes[3] < sizes[2] && sizes[2] < sizes[4], $"{string.Join(", ", sizes)} bytes");
    }

    [Theory]
    [InlineData("format=gif", "format", "png, jpeg or webp, not 'gif'")]
    [InlineData("format=JPEG", "format", "png, jpeg or webp")]
    [InlineData("format=", "format", "png, jpeg or webp")]
    [InlineData("format=jpeg&format=webp", "format", "png, jpeg or webp")]
    [InlineData("format=jpeg&quality=0", "quality", "1 to 100, not '0'")]
    [InlineData("format=webp&quality=101", "quality", "1 to 100")]
    [InlineData("format=jpeg&quality=80.5", "quality", "1 to 100")]
    [InlineData("format=jpeg&quality=", "quality", "1 to 100")]
    [InlineData("format=jpeg&quality=-1", "quality", "1 to 100")]
    [InlineData("quality=80", "quality", "jpeg and webp")]
    [InlineData("format=png&quality=80", "quality", "jpeg and webp")]
    public async Task Get_InAFormatThereIsNot_NamesTheLegalValues(string query, string field, string part)
    {
        var entry = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 7, 1), 7, "x"));
        await AssertRefusedAsync(entry.Id, query, field, part);
    }

    [Fact]
    public async Task Get_InfotextThatAJpegCannotKeep_IsRefusedAndAWebpIsNot()
    {
        var entry = app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 8, 1), 8, new string('x', 40_000)));
        await AssertRefusedAsync(entry.Id, "format=jpeg", "format", "40000 characters; a JPEG can keep 32737, a PNG or a WebP more.");
        using var answer = await app.Client.GetAsync($"/api/v1/pictures/{entry.Id}?format=webp", _end);
        Assert.Equal(40_000, PictureFile.ReadInfo(await answer.Content.ReadAsByteArrayAsync(_end)).Infotext!.Length);
    }

    [Fact]
    public async Task Get_CopyOfADamagedFile_SaysSoAndTheNextCopyIsMade()
    {
        var (bad, good) = (app.Gallery.Add(new(PictureMaker.Draw(8, 8, 9, 1), 9, "x")), app.Gallery.Add(new(PictureMaker.Draw(8, 8, 9, 1), 9, "x")));
        var file = app.Gallery.FindFile(bad.Id)!;
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, _end))[..60], _end);
        using var answer = await app.Client.GetAsync($"/api/v1/pictures/{bad.Id}?format=jpeg", _end);
        using var next = await app.Client.GetAsync($"/api/v1/pictures/{good.Id}?format=jpeg", _end);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(_end);
        Assert.Equal("unreadable-picture", problem.GetProperty("code").GetString());
        Assert.DoesNotContain(file, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Copy_OfARequestThatIsGone_IsNotMadeAndTheNextIs()
    {
        var file = app.Gallery.FindFile(app.Gallery.Add(new GeneratedPicture(PictureMaker.Draw(8, 8, 10, 1), 10, "x")).Id)!;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PictureCopies.MakeAsync(file, PictureEncoding.Jpeg(), new CancellationToken(canceled: true)));
        Assert.NotEmpty(await PictureCopies.MakeAsync(file, PictureEncoding.Jpeg(), _end));
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

    private async Task AssertRefusedAsync(string id, string query, string field, string part)
    {
        using var answer = await app.Client.GetAsync($"/api/v1/pictures/{id}?{query}", _end);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(_end);

        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.StatusCode, problem.GetProperty("field").GetString()));
        Assert.Contains(part, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
