using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.TestKit.Extensions;
using static RegionWebUI.Host.Tests.Extensions.ExtensionYard;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>Which extensions are on, what is remembered of it, and what a change of the folders does.</summary>
public sealed class ExtensionCatalogTests : IDisposable
{
    private static readonly Compiled _plain = ExtensionCompiler.Compile("Plain", ExtensionCompiler.Plain);

    private readonly ExtensionYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void Open_NoFolders_IsEmptyAndWritesNothing()
    {
        var catalog = _yard.Open();
        Assert.Empty(catalog.Entries);
        Assert.Empty(Ids(catalog));
        Assert.Empty(_yard.Files);
        Assert.Equal("There is no extension 'x'; none is there.", Assert.Throws<BadInputException>(() => catalog.Enable("x")).Message);
    }

    [Fact]
    public void Open_FreshInstallation_OnlyThePrograms_OwnAreOn()
    {
        _yard.Add("mine", _plain);
        _yard.Add("theirs", _plain, "user");
        var catalog = _yard.Open();
        Assert.Equal([("mine", ExtensionState.On), ("theirs", ExtensionState.Off)], catalog.Entries.Select(e => (e.Id, e.State)));
        Assert.Equal(["mine"], Ids(catalog));
        Assert.False(File.Exists(_yard.SettingsFile));
    }

    [Fact]
    public void Open_ExtensionIsOff_NotALineOfItRuns()
    {
        var mark = $"loaded-{Guid.NewGuid()}";
        _yard.Add("theirs", $$"""
            public static class First
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                public static void Run() => AppContext.SetData("{{mark}}", true);
            }
            {{ExtensionCompiler.Plain}}
            """, "user");
        var catalog = _yard.Open();
        catalog.Refresh();
        Assert.Empty(Ids(catalog));
        Assert.Null(AppContext.GetData(mark));
        catalog.Enable("theirs");
        Assert.Equal(true, AppContext.GetData(mark));
    }

    [Fact]
    public void EnableAndDisable_HoldFromTheNextRunOnAndAfterARestart()
    {
        _yard.Add("mine", _plain);
        _yard.Add("theirs", _plain, "user");
        var catalog = _yard.Open();
        Assert.Equal(ExtensionState.On, catalog.Enable("theirs").State);
        Assert.Equal(ExtensionState.Off, catalog.Disable("mine").State);
        Assert.Equal(["theirs"], Ids(catalog));
        Assert.Equal(["theirs"], Ids(_yard.Open()));
        Assert.Equal(["theirs"], Ids(_yard.Open(readOnly: true)));
        catalog.Enable("mine");
        Assert.Equal(["theirs", "mine"], Ids(_yard.Open()).OrderDescending());
    }

    [Fact]
    public void Enable_FolderCameSinceAnybodyLooked_IsSwitchedOn()
    {
        var catalog = _yard.Open();
        _yard.Add("late", ExtensionCompiler.Plain, "user");
        Assert.Equal(ExtensionState.On, catalog.Enable("late").State);
        Assert.Equal(["late"], Ids(catalog));
    }

    [Fact]
    public void Enable_UnknownId_NamesTheNearest()
    {
        _yard.Add("mine", _plain);
        var error = Assert.Throws<BadInputException>(() => _yard.Open().Enable("mien"));
        Assert.Equal("There is no extension 'mien'; the nearest is 'mine' (all: mine).", error.Message);
    }

    [Fact]
    public void Enable_SettingsCannotBeWritten_ChangesNothing()
    {
        _yard.Add("theirs", _plain, "user");
        var catalog = _yard.Open();
        Directory.Delete(Path.GetDirectoryName(_yard.SettingsFile)!);
        Assert.ThrowsAny<IOException>(() => catalog.Enable("theirs"));
        Assert.Equal(ExtensionState.Off, Assert.Single(catalog.Entries).State);
        Assert.Empty(Ids(catalog));
    }

    [Fact]
    public void ReadOnly_ChangesAreRefusedAndNothingIsWritten()
    {
        _yard.Add("theirs", _plain, "user");
        _yard.Write("data/extensions.json", "{ broken");
        var before = _yard.Files;
        var catalog = _yard.Open(readOnly: true);
        Assert.Throws<InvalidOperationException>(() => catalog.Enable("theirs"));
        Assert.Throws<InvalidOperationException>(() => catalog.Disable("theirs"));
        Assert.Empty(Ids(catalog));
        Assert.Equal(before, _yard.Files);
    }

    [Fact]
    public void ThrowIfInvalid_ValueForAnExtensionThatIsOff_SaysSo()
    {
        _yard.Add("theirs", _plain, "user");
        var error = Assert.Throws<BadInputException>(() => _yard.Open().ThrowIfInvalid(Request(("theirs/a", "1"))));
        Assert.Equal("The extension 'theirs' is off; switch it on, or leave its values out.", error.Message);
    }

    [Fact]
    public void Changed_IsRaisedForChangesOnlyAndAListenersErrorIsItsOwn()
    {
        _yard.Add("mine", _plain);
        var catalog = _yard.Open();
        var changes = 0;
        catalog.Changed += () => throw new InvalidOperationException("listener");
        catalog.Changed += () => changes++;
        catalog.Refresh();
        catalog.Enable("mine");
        Assert.Equal(0, changes);
        catalog.Disable("mine");
        Assert.Equal(1, changes);
        Assert.Contains(_yard.Warnings, w => w.StartsWith("A listener of the extension catalog failed", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_OneIdInTwoFolders_TheEarlierCountsAndTheOtherIsWarnedOfOnce()
    {
        _yard.Add("same", _plain);
        _yard.Add("same", _plain, "user");
        var catalog = _yard.Open();
        catalog.Refresh();
        Assert.Equal(_yard.Folder("same"), Assert.Single(catalog.Entries).Folder);
        Assert.StartsWith("The extension 'same' in '", Assert.Single(_yard.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderNameIsNoId_IsListedWithTheReason()
    {
        _yard.Add("Not an id", _plain);
        Assert.Equal(
            "\"id\" in Not an id/extension.json must be 1..40 lower-case letters, digits and '-', from a letter on, not 'Not an id'.",
            _yard.Broken());
        _yard.Open().Disable("Not an id");
        Assert.Equal(ExtensionState.Off, _yard.Only().State);
    }

    [Fact]
    public void ForRun_AssemblyWasBuiltAnew_NextRunUsesIt()
    {
        AddSaying("first");
        var catalog = _yard.Open();
        var first = catalog.ForRun(Request())[0];
        AddSaying("second");
        Assert.Equal("first", first.CreateHooks(null!).First().ToString());
        Assert.Equal("second", catalog.ForRun(Request())[0].CreateHooks(null!).First().ToString());
        _yard.Add("demo", new Compiled("Said", [1, 2, 3], []));
        Assert.Empty(Ids(catalog));
        Assert.Equal(ExtensionState.Broken, catalog.Entries[0].State);
        AddSaying("third");
        Assert.Equal("third", catalog.ForRun(Request())[0].CreateHooks(null!).First().ToString());
    }

    [Fact]
    public void ForRun_ManifestChanged_NextRunHasTheNewVersion()
    {
        _yard.Add("mine", _plain);
        var catalog = _yard.Open();
        _yard.Add("mine", _plain, manifest: m => m["version"] = "1.2.30");
        Assert.Equal("1.2.30", catalog.ForRun(Request())[0].Version);
    }

    [Fact]
    public void ForRun_NothingChanged_CodeIsNotLoadedAgain()
    {
        AddSaying("x");
        var catalog = _yard.Open();
        Assert.Same(
            catalog.ForRun(Request())[0].CreateHooks(null!).First().GetType(), catalog.ForRun(Request())[0].CreateHooks(null!).First().GetType());
    }

    [Fact]
    public void ForRun_FolderIsRemovedWhileItRuns_IsMissingUntilItComesBack()
    {
        _yard.Add("theirs", _plain, "user");
        var catalog = _yard.Open();
        catalog.Enable("theirs");
        var run = Assert.Single(catalog.ForRun(Request()));
        Directory.Delete(_yard.Folder("theirs", "user"), recursive: true);
        Assert.Empty(Ids(catalog));
        Assert.Single(run.CreateHooks(null!));
        Assert.Equal(("theirs", ExtensionState.Missing), (catalog.Entries[0].Id, catalog.Entries[0].State));
        _yard.Add("theirs", _plain, "user");
        Assert.Equal(["theirs"], Ids(catalog));
    }

    [Fact]
    public void Disable_MissingExtension_IsForgottenAndStaysOffWhenItComesBack()
    {
        _yard.Add("mine", _plain);
        var catalog = _yard.Open();
        catalog.Enable("mine");
        Directory.Delete(_yard.Folder("mine"), recursive: true);
        catalog.Refresh();
        Assert.Equal(ExtensionState.Off, catalog.Disable("mine").State);
        Assert.Empty(catalog.Entries);
        _yard.Add("mine", _plain);
        Assert.Empty(Ids(_yard.Open()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\":2,\"unlistedAreOff\":false,\"extensions\":[]}")]
    [InlineData("{\"format\":1,\"unlistedAreOff\":false,\"extensions\":null}")]
    [InlineData("{\"format\":1,\"unlistedAreOff\":false,\"extensions\":[null]}")]
    [InlineData("{\"format\":1,\"unlistedAreOff\":false,\"extensions\":[{\"id\":null}]}")]
    [InlineData("{\"format\":1,\"unlistedAreOff\":false,\"extensions\":[{\"id\":\"mine\",\"on\":\"no\"}]}")]
    [InlineData("{\"format\":1,\"unlistedAreOff\":false,\"extensions\":[{\"id\":\"mine\"},{\"id\":\"mine\"}]}")]
    public void Open_SettingsAreDamaged_EverythingIsOffAndStaysSo(string text)
    {
        _yard.Add("mine", _plain);
        _yard.Add("other", _plain);
        _yard.Write("data/extensions.json", text);
        var catalog = _yard.Open();
        Assert.Empty(Ids(catalog));
        Assert.Contains("All extensions are off", Assert.Single(_yard.Warnings), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_yard.SettingsFile + ".corrupt-20260304-120000"));
        catalog.Enable("other");
        Assert.Equal(["other"], Ids(_yard.Open()));
    }

    [Fact]
    public void Open_SettingsAreDamagedTwice_BothAreKept()
    {
        foreach (var text in new[] { "one", "two" })
        {
            _yard.Write("data/extensions.json", text);
            _yard.Open();
        }

        Assert.Equal(
            ["data/extensions.json", "data/extensions.json.corrupt-20260304-120000", "data/extensions.json.corrupt-20260304-120000-2"], _yard.Files);
    }

    [Fact]
    public void Open_SettingsAreAFolder_EverythingIsOffAndNothingIsWrittenOver()
    {
        _yard.Add("mine", _plain);
        Directory.CreateDirectory(_yard.SettingsFile);
        var catalog = _yard.Open();
        Assert.Empty(Ids(catalog));
        Assert.Contains("cannot be read", Assert.Single(_yard.Warnings), StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => catalog.Enable("mine"));
    }

    [Fact]
    public void AllMembers_FromManyThreads_AgreeInTheEnd()
    {
        _yard.Add("mine", _plain);
        _yard.Add("theirs", _plain, "user");
        var catalog = _yard.Open();
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            _ = (i % 4) switch
            {
                0 => catalog.Enable("theirs").Id,
                1 => catalog.Disable("theirs").Id,
                2 => string.Concat(Ids(catalog)),
                _ => string.Concat(catalog.Entries.Select(e => e.Id)),
            };
        });
        Assert.Equal(Ids(_yard.Open()), Ids(catalog));
        catalog.Enable("theirs");
        Assert.Equal(["mine", "theirs"], Ids(_yard.Open()).Order());
        Assert.Empty(_yard.Warnings);
    }

    private void AddSaying(string word) => _yard.Add("demo", ExtensionCompiler.Compile("Said", ExtensionCompiler.Extension(
        "r.Hooks(_ => [new Said()]);", $"public sealed class Said : IHook {{ public override string ToString() => \"{word}\"; }}")));
}
