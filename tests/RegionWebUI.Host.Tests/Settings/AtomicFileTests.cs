using RegionWebUI.Host.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Settings;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ExistingFile_IsReplacedAndNothingElseIsLeft()
    {
        File.WriteAllText(_folder.File("a.txt"), "an old and longer text");
        AtomicFile.Write(_folder.File("a.txt"), "new"u8);
        Assert.Equal("new", File.ReadAllText(_folder.File("a.txt")));
        Assert.Equal(["a.txt"], _folder.Files);
    }

    [Fact]
    public void Write_Nothing_GivesAnEmptyFile()
    {
        AtomicFile.Write(_folder.File("a.txt"), []);
        Assert.Empty(File.ReadAllBytes(_folder.File("a.txt")));
    }

    public static TheoryData<string> BeforeTheName =>
        [FailpointNames.PictureBeforeTemp, FailpointNames.PictureHalfWritten, FailpointNames.PictureBeforeRename];

    [Theory]
    [MemberData(nameof(BeforeTheName))]
    public void Write_FailsBeforeRename_OldFileIsWhole(string failpoint)
    {
        File.WriteAllText(_folder.File("a.png"), "old");
        var plan = FailpointPlan.Parse(failpoint + "=throw");
        using (Failpoint.Watch(plan.Hit))
        {
            Assert.Throws<IOException>(() => AtomicFile.Write(_folder.File("a.png"), "new"u8, FileFailpoints.Picture));
        }

        Assert.Equal("old", File.ReadAllText(_folder.File("a.png")));
        Assert.Equal(["a.png"], _folder.Files);
    }

    [Fact]
    public void Write_FailsAfterRename_NewFileIsWhole()
    {
        var plan = FailpointPlan.Parse(FailpointNames.PictureAfterRename + "=throw");
        using (Failpoint.Watch(plan.Hit))
        {
            Assert.Throws<IOException>(() => AtomicFile.Write(_folder.File("a.png"), "new"u8, FileFailpoints.Picture));
        }

        Assert.Equal("new", File.ReadAllText(_folder.File("a.png")));
        Assert.Equal(["a.png"], _folder.Files);
    }

    [Fact]
    public void Write_HalfWay_OnlyTheTemporaryFileHasBytes()
    {
        IReadOnlyList<string> files = [];
        long length = -1;
        using (Failpoint.Watch(name =>
        {
            if (name == FailpointNames.PictureHalfWritten)
            {
                files = _folder.Files;
                length = new FileInfo(_folder.File(files[0])).Length;
            }
        }))
        {
            AtomicFile.Write(_folder.File("a.png"), new byte[10], FileFailpoints.Picture);
        }

        Assert.Matches("^a\\.png\\.tmp-[0-9a-f]{8}$", Assert.Single(files));
        Assert.Equal(5, length);
    }

    [Fact]
    public void Write_MissingFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(_folder.File("none", "a.txt"), "x"u8));

    [Fact]
    public void Stage_OneOfTwoFails_NeitherIsCommitted()
    {
        using (AtomicFile.Stage(_folder.File("a.txt"), "a"u8))
        {
            Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Stage(_folder.File("none", "b.txt"), "b"u8));
        }

        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("picture.beforeRename:1=throw")]
    [InlineData("picture.beforeRename:2=throw")]
    [InlineData("picture.afterRename:2=throw")]
    [InlineData("picture.afterRename:3=throw")]
    public void CommitAll_OneFails_TheFolderIsAsBefore(string plan)
    {
        File.WriteAllText(_folder.File("a.png"), "old");
        using (Failpoint.Watch(FailpointPlan.Parse(plan).Hit))
        {
            Assert.Throws<IOException>(() => CommitAll("a.png", "b.png", "c.png"));
        }

        Assert.Equal(["a.png"], _folder.Files);
        Assert.Equal("old", File.ReadAllText(_folder.File("a.png")));
    }

    [Fact]
    public void CommitAll_Files_AllHaveTheirNamesAndNothingElseIsLeft()
    {
        File.WriteAllText(_folder.File("a.png"), "old");
        CommitAll("a.png", "b.png");
        Assert.Equal(["a.png", "b.png"], _folder.Files);
        Assert.All(_folder.Files, name => Assert.Equal("new", File.ReadAllText(_folder.File(name))));
    }

    [Fact]
    public void CheckWritable_LeavesNothing()
    {
        AtomicFile.CheckWritable(_folder.File("a.png"));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void CheckWritable_NameIsAFolder_Throws() => Assert.Throws<IOException>(() => AtomicFile.CheckWritable(_folder.Path));

    [Fact]
    public void Sweep_RemovesLeftoversBelowAndNothingElse()
    {
        Directory.CreateDirectory(_folder.File("day"));
        foreach (var name in (string[])["a.png", "a.png.tmp-0123abcd", "day/b.png", "day/b.png.tmp-9", "day/tmp.png"])
        {
            File.WriteAllText(_folder.File(name.Split('/')), "x");
        }

        Assert.Equal(2, AtomicFile.Sweep(_folder.Path));
        Assert.Equal(["a.png", "day/b.png", "day/tmp.png"], _folder.Files);
    }

    [Fact]
    public void Sweep_LinkOutOfTheFolder_IsNotFollowed()
    {
        Directory.CreateDirectory(_folder.File("inside"));
        Directory.CreateDirectory(_folder.File("outside"));
        File.WriteAllText(_folder.File("outside", "x.tmp-1"), "x");
        Directory.CreateSymbolicLink(_folder.File("inside", "link"), _folder.File("outside"));
        Assert.Equal(0, AtomicFile.Sweep(_folder.File("inside")));
        Assert.True(File.Exists(_folder.File("outside", "x.tmp-1")));
    }

    private void CommitAll(params string[] names)
    {
        var staged = names.Select(name => AtomicFile.Stage(_folder.File(name), "new"u8, FileFailpoints.Picture)).ToList();
        try
        {
            StagedFile.CommitAll(staged);
        }
        finally
        {
            staged.ForEach(file => file.Dispose());
        }
    }
}
