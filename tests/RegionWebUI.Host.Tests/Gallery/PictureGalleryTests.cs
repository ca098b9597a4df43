using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Settings;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Host.Tests.Gallery;

public sealed class PictureGalleryTests
{
    private static GeneratedPicture Picture(long seed) => ScriptedEngine.PicturesOf(TestHost.Request(seed))[0];

    [Fact]
    public async Task Add_Pictures_AreNumberedByDayAndListedNewestFirst()
    {
        await using var host = new TestHost();
        host.Gallery.Add(Picture(42));
        host.Gallery.Add(Picture(43));
        host.Time.Advance(TimeSpan.FromDays(1));
        host.Gallery.Add(Picture(44));

        Assert.Equal(["2026-03-05_00001-44", "2026-03-04_00002-43", "2026-03-04_00001-42"], host.Gallery.Entries.Select(e => e.Id));
        Assert.Equal(["pictures/2026-03-04/00001-42.png", "pictures/2026-03-04/00002-43.png", "pictures/2026-03-05/00001-44.png"], host.Files);
        Assert.All(host.Gallery.Entries, e => Assert.Matches("^[A-Za-z0-9_-]+$", e.Id));
    }

    [Fact]
    public async Task Reopen_AfterARestart_EverythingIsThereAgain()
    {
        await using var host = new TestHost();
        for (var seed = 1; seed <= 12; seed++)
        {
            host.Gallery.Add(Picture(seed));
        }

        var reopened = host.Reopen();
        Assert.Equal(host.Gallery.Entries, reopened.Entries);
        Assert.All(reopened.Entries, e => Assert.Equal(host.Gallery.FindFile(e.Id), reopened.FindFile(e.Id)));
        Assert.Equal("2026-03-04_00013-99", reopened.Add(Picture(99)).Id);
        Assert.Empty(host.Warnings);
    }

    [Fact]
    public async Task Add_Attachments_LieBesideThePictureAndAreThereAfterARestart()
    {
        await using var host = new TestHost();
        var (picture, mask) = (Picture(42), Picture(7).Picture);
        var entry = host.Gallery.Add(picture with { Attachments = [new("mask", mask), new("heat-map_2", mask)] });
        host.Gallery.Add(Picture(43));

        Assert.Equal(["mask", "heat-map_2"], entry.Attachments);
        Assert.Equal(4, host.Files.Count());
        Assert.Contains("pictures/2026-03-04/00001-42.mask.png", host.Files);
        var reopened = host.Reopen();
        Assert.Equal(["2026-03-04_00002-43", "2026-03-04_00001-42"], reopened.Entries.Select(e => e.Id));
        Assert.Equal(["heat-map_2", "mask"], reopened.Entries[1].Attachments);
        var file = reopened.FindFile(entry.AttachmentId("mask"))!;
        Assert.Equal(mask.Rgb.ToArray(), RegionWebUI.Imaging.Codecs.PngFile.Decode(File.ReadAllBytes(file)).Image.Rgb.ToArray());
        Assert.Empty(host.Warnings);
    }

    [Fact]
    public async Task Add_Curves_LieBesideThePictureAndAreThereAfterARestart()
    {
        await using var host = new TestHost();
        double[] values = [1.0 / 3, -1e308, 0.1f, 5e-324];
        var entry = host.Gallery.Add(Picture(42) with
        {
            Curves = [new("loss", values), new("rate", [1])],
            Attachments = [new("mask", Picture(7).Picture)],
        });
        var plain = host.Gallery.Add(Picture(43));

        Assert.Contains("pictures/2026-03-04/00001-42.curves.json", host.Files);
        var reopened = host.Reopen();
        foreach (var gallery in new[] { host.Gallery, reopened })
        {
            Assert.Equal(["loss", "rate"], gallery.FindCurves(entry.Id)!.Select(c => c.Name));
            Assert.Equal(values, gallery.FindCurves(entry.Id)![0].Values);
            Assert.Empty(gallery.FindCurves(plain.Id)!);
            Assert.Empty(gallery.FindCurves(entry.AttachmentId("mask"))!);
            Assert.Null(gallery.FindCurves("2026-03-04_00003-44"));
        }

        Assert.Equal(["2026-03-04_00002-43", "2026-03-04_00001-42"], reopened.Entries.Select(e => e.Id));
        Assert.Empty(host.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{\"name\":\"loss\"}]")]
    [InlineData("[{\"name\":\"loss\",\"values\":[]}]")]
    [InlineData("[{\"name\":\"loss\",\"values\":[1,")]
    [InlineData("[{\"name\":null,\"values\":[1]}]")]
    [InlineData("[{\"name\":\"loss\",\"values\":[1e999]}]")]
    public async Task FindCurves_DamagedFile_GivesNoneAndSaysSo(string content)
    {
        await using var host = new TestHost();
        var entry = host.Gallery.Add(Picture(42) with { Curves = [new("loss", [2, 1])] });
        var file = Path.ChangeExtension(host.Gallery.FindFile(entry.Id)!, ".curves.json");
        Assert.True(File.Exists(file));
        File.WriteAllText(file, content);

        Assert.Empty(host.Gallery.FindCurves(entry.Id)!);
        Assert.Contains("00001-42.curves.json' are passed over (", Assert.Single(host.Warnings), StringComparison.Ordinal);
        Assert.Single(host.Reopen().Entries);
    }

    [Fact]
    public async Task Add_WhereSomethingOfALostPictureIsLeft_TakesTheNextNumber()
    {
        await using var host = new TestHost();
        var lost = host.Gallery.FindFile(host.Gallery.Add(Picture(42) with { Curves = [new("loss", [2, 1])] }).Id)!;
        File.Delete(lost);

        var gallery = host.Reopen();
        var entry = gallery.Add(Picture(42));

        Assert.Equal("2026-03-04_00002-42", entry.Id);
        Assert.Empty(gallery.FindCurves(entry.Id)!);
    }

    [Fact]
    public async Task Reopen_PartialFiles_AreNeverListedAndNeverReplaced()
    {
        await using var host = new TestHost();
        var whole = File.ReadAllBytes(host.Gallery.FindFile(host.Gallery.Add(Picture(1)).Id)!);
        var day = Path.Join(host.Data.Pictures, "2026-03-04");
        int[] lengths = [0, 1, 8, 33, 60, whole.Length / 2, whole.Length - 12, whole.Length - 1];
        foreach (var length in lengths)
        {
            File.WriteAllBytes(Path.Join(day, $"{100 + length:D5}-5.png"), whole[..length]);
        }

        var reopened = host.Reopen();
        Assert.Equal(["2026-03-04_00001-1"], reopened.Entries.Select(e => e.Id));
        Assert.Equal(lengths.Length, host.Warnings.Count);
        Assert.Equal($"2026-03-04_{100 + whole.Length:D5}-6", reopened.Add(Picture(6)).Id);
    }

    [Fact]
    public async Task Reopen_LeftoversAndForeignFiles_AreSweptOrPassedOver()
    {
        await using var host = new TestHost();
        var kept = host.Gallery.Add(Picture(1));
        var day = Path.Join(host.Data.Pictures, "2026-03-04");
        File.WriteAllText(Path.Join(day, "00002-3.png.tmp-0123abcd"), "half");
        File.WriteAllText(Path.Join(day, "notes.txt"), "mine");
        File.Copy(host.Gallery.FindFile(kept.Id)!, Path.Join(day, "holiday.png"));
        Directory.CreateDirectory(Path.Join(host.Data.Pictures, "albums"));

        Assert.Equal([kept], host.Reopen().Entries);
        Assert.Equal(["pictures/2026-03-04/00001-1.png", "pictures/2026-03-04/holiday.png", "pictures/2026-03-04/notes.txt"], host.Files);
    }

    [Fact]
    public async Task Reopen_LinkToAFileOutside_IsNotListed()
    {
        await using var host = new TestHost();
        var kept = host.Gallery.FindFile(host.Gallery.Add(Picture(1)).Id)!;
        var outside = Path.Join(host.Data.Root, "secret.png");
        File.Copy(kept, outside);
        File.CreateSymbolicLink(Path.Join(Path.GetDirectoryName(kept), "00009-9.png"), outside);
        Assert.Single(host.Reopen().Entries);
    }

    [Fact]
    public async Task Add_FileOfThatNameExists_TakesTheNextNumber()
    {
        await using var host = new TestHost();
        var day = Directory.CreateDirectory(Path.Join(host.Data.Pictures, "2026-03-04")).FullName;
        File.WriteAllText(Path.Join(day, "00001-7.png"), "somebody else's");
        Assert.Equal("2026-03-04_00002-7", host.Gallery.Add(Picture(7)).Id);
        Assert.Equal("somebody else's", File.ReadAllText(Path.Join(day, "00001-7.png")));
    }

    [Fact]
    public async Task Entries_WhileAPictureIsBeingWritten_DoNotWait()
    {
        await using var host = new TestHost();
        var first = host.Gallery.Add(Picture(1));
        var ids = new List<string>();
        using (Failpoint.Watch(name =>
        {
            if (name == FailpointNames.PictureBeforeRename)
            {
                var read = Task.Run(() => host.Gallery.Entries.Where(e => host.Gallery.FindFile(e.Id) is not null).Select(e => e.Id).ToList());
                Assert.True(read.Wait(TimeSpan.FromSeconds(30)), "the reader waits for the writer");
                ids.AddRange(read.Result);
            }
        }))
        {
            host.Gallery.Add(Picture(2));
        }

        Assert.Equal([first.Id], ids);
        Assert.Equal(2, host.Gallery.Entries.Count);
    }

    [Fact]
    public async Task Entries_NothingAdded_IsTheSameListAndLaterPicturesLeaveItAlone()
    {
        await using var host = new TestHost();
        host.Gallery.Add(Picture(1));
        var before = host.Gallery.Entries;
        Assert.Same(before, host.Gallery.Entries);
        host.Gallery.Add(Picture(2));
        Assert.Single(before);
    }

    [Fact]
    public async Task Added_ListenerThrows_ThePictureIsKeptAndTheOthersHear()
    {
        await using var host = new TestHost();
        host.Gallery.Added += _ => throw new InvalidOperationException("bad listener");
        var heard = new List<string>();
        host.Gallery.Added += entry => heard.Add(entry.Id);
        var done = await host.RunAsync(TestHost.Request() with { BatchSize = 2 });
        Assert.Equal(JobState.Done, done.State);
        Assert.Equal(done.Pictures, heard);
        Assert.Equal(2, host.Warnings.Count(w => w.Contains("bad listener", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("2026-03-04/00001-1")]
    [InlineData("2026-03-04_00001-2")]
    [InlineData("/")]
    public async Task FindFile_UnknownId_IsNull(string id)
    {
        await using var host = new TestHost();
        host.Gallery.Add(Picture(1));
        Assert.Null(host.Gallery.FindFile(id));
    }

    [Fact]
    public async Task Add_FromManyThreads_EveryPictureHasItsOwnFile()
    {
        await using var host = new TestHost();
        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => host.Gallery.Add(Picture(5)))));
        Assert.Equal(40, added.Select(e => host.Gallery.FindFile(e.Id)).Distinct().Count());
        Assert.Equal(40, host.Reopen().Entries.Count);
    }
}
