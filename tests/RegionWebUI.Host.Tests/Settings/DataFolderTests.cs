using RegionWebUI.Diffusion;
using RegionWebUI.Host.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Settings;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Locate_OptionAndVariable_OptionWins() =>
        Assert.Equal(_folder.File("option"), DataFolder.Locate(_folder.File("option"), _ => _folder.File("variable")).Root);

    [Fact]
    public void Locate_VariableOnly_IsTaken() =>
        Assert.Equal(_folder.File("variable"), DataFolder.Locate(null, name => name == "REGIONWEBUI_DATA" ? _folder.File("variable") : null).Root);

    [Fact]
    public void Locate_Neither_IsInTheSystemsApplicationData() =>
        Assert.Equal("RegionWebUI", Path.GetFileName(DataFolder.Locate(null, _ => null).Root));

    [Fact]
    public void Locate_TouchesNothing()
    {
        DataFolder.Locate(_folder.File("data"), _ => null);
        Assert.False(Directory.Exists(_folder.File("data")));
    }

    [Fact]
    public void Create_MakesItsFolders()
    {
        var data = DataFolder.Locate(_folder.File("a", "b"), _ => null).Create();
        Assert.True(Directory.Exists(Path.Join(data.Root, "pictures")));
        Assert.True(Directory.Exists(Path.Join(data.Root, "models")));
    }

    [Fact]
    public void Create_FileInTheWay_SaysWhereAndWhatToDo()
    {
        File.WriteAllText(_folder.File("data"), "");
        var refused = Assert.Throws<BadInputException>(() => DataFolder.Locate(_folder.File("data"), _ => null).Create());
        Assert.Contains(_folder.File("data"), refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data-dir", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_NoPath_IsRefused() => Assert.Throws<BadInputException>(() => DataFolder.Locate("a\0b", _ => null));

    [Fact]
    public void Lock_SecondHost_IsRefusedAndNamesThePid()
    {
        var data = DataFolder.Locate(_folder.Path, _ => null).Create();
        using var first = DataFolderLock.Take(data);
        var refused = Assert.Throws<BadInputException>(() => DataFolderLock.Take(data));
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(data.Root, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_Freed_CanBeTakenAgain()
    {
        var data = DataFolder.Locate(_folder.Path, _ => null).Create();
        DataFolderLock.Take(data).Dispose();
        Assert.False(File.Exists(_folder.File("host.pid")));
        DataFolderLock.Take(data).Dispose();
    }

    [Fact]
    public void Lock_SecondHostBeforeThePidIsWritten_IsRefusedAsInUse()
    {
        var data = DataFolder.Locate(_folder.Path, _ => null).Create();
        using var first = DataFolderLock.Take(data);
        File.Delete(_folder.File("host.pid"));
        var refused = Assert.Throws<BadInputException>(() => DataFolderLock.Take(data));
        Assert.Contains("in use by another RegionWebUI (its pid is unknown)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_FileCannotBeOpened_SaysWhyAndBlamesNoProcess()
    {
        var data = DataFolder.Locate(_folder.Path, _ => null).Create();
        File.WriteAllText(_folder.File("host.pid"), "999999");
        File.CreateSymbolicLink(_folder.File("host.lock"), _folder.File("host.lock"));
        var refused = Assert.Throws<BadInputException>(() => DataFolderLock.Take(data));
        Assert.Contains("cannot be locked", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("999999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_KilledWhileThePidWasWritten_LeftoversGo()
    {
        var data = DataFolder.Locate(_folder.Path, _ => null).Create();
        File.WriteAllText(_folder.File("host.pid.tmp-0123abcd"), "12");
        File.WriteAllText(_folder.File("notes.tmp-1"), "mine");
        using var taken = DataFolderLock.Take(data);
        Assert.Equal(["host.lock", "host.pid", "notes.tmp-1"], _folder.Files);
    }

    [Fact]
    public void Lock_LeftByAKilledProcess_IsTakenOver()
    {
        var data = DataFolder.Locate(_folder.Path, _ => null).Create();
        File.WriteAllText(_folder.File("host.lock"), "");
        File.WriteAllText(_folder.File("host.pid"), "999999");
        using var taken = DataFolderLock.Take(data);
        Assert.Equal($"{Environment.ProcessId}", File.ReadAllText(_folder.File("host.pid")));
    }
}
