using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>Extensions whose code never ends where it is called. Beside each lies a good one, which must not suffer.</summary>
public sealed class HangingExtensionTests : IDisposable
{
    private const string Hang = "extension-that-hangs";

    private readonly ExtensionYard _yard = new();
    private readonly ManualResetEventSlim _over = new();
    private int _hangs;

    public HangingExtensionTests()
    {
        _yard.Add("good", ExtensionCompiler.Plain);

        // What hangs lets the program's time pass, so that no test waits; the bound is for a program that waits for it all the same.
        AppContext.SetData(Hang, (Action)(() =>
        {
            Interlocked.Increment(ref _hangs);
            _yard.Time.Advance(TimeSpan.FromSeconds(10));
            _over.Wait(TimeSpan.FromSeconds(20));
        }));
    }

    public void Dispose()
    {
        _over.Set();
        AppContext.SetData(Hang, null);
        _yard.Dispose();
    }

    private void Add(string id, string members, string register, string more = "") => _yard.Add(id, $$"""
        public sealed class Entry : IExtension { {{members}} public void Register(IRegistry r) { {{register}} r.Hooks(_ => []); } }
        public static class Never { public static int Ends() { ((Action)AppContext.GetData("{{Hang}}"))(); return 1; } }
        {{more}}
        """);

    [Theory]
    [InlineData("public Entry() => Never.Ends();", "")]
    [InlineData("static Entry() => Never.Ends();", "")]
    [InlineData("", "Never.Ends();")]
    [InlineData("", "r.Parameters<P>();")]
    public void Open_CodeNeverEndsWhileItLoads_IsBrokenAndTheOtherRuns(string members, string register)
    {
        Add("bad", members, register, "public class P { [RunParameter(\"A\")] public int A { get; set; } = Never.Ends(); }");
        var catalog = _yard.Open();
        Assert.Equal([("good", ExtensionState.On), ("bad", ExtensionState.Broken)], catalog.Entries.Select(e => (e.Id, e.State)));
        Assert.Equal("loading it did not end within 10 seconds.", catalog.Entries[1].Reason);
        Assert.Equal(["good"], ExtensionYard.Ids(catalog));
        Assert.Equal(1, _hangs);
        Assert.Equal(ExtensionState.Off, catalog.Disable("bad").State);
        Assert.Equal(ExtensionState.Broken, catalog.Enable("bad").State);
        Assert.Equal(2, _hangs);
    }

    [Fact]
    public void Enable_CodeNeverEnds_EntriesCanBeReadMeanwhile()
    {
        var catalog = _yard.Open();
        IReadOnlyList<ExtensionEntry> seen = [];
        AppContext.SetData(Hang, (Action)(() =>
        {
            seen = catalog.Entries;
            _yard.Time.Advance(TimeSpan.FromSeconds(10));
            _over.Wait(TimeSpan.FromSeconds(20));
        }));
        Add("bad", "", "Never.Ends();");
        catalog.Refresh();
        Assert.Equal("good", Assert.Single(seen).Id);
        Assert.Equal(ExtensionState.Broken, catalog.Entries[1].State);
    }

    [Fact]
    public void Open_CodeEndsTooLate_StaysBrokenUntilItIsBuiltAnew()
    {
        Add("bad", "", "Never.Ends();");
        var catalog = _yard.Open();
        _over.Set();
        Assert.Equal(["good"], ExtensionYard.Ids(catalog));
        _yard.Add("bad", ExtensionCompiler.Plain + "// Anew.");
        Assert.Equal(["bad", "good"], ExtensionYard.Ids(catalog).Order());
    }

    [Fact]
    public void ForRun_ValuesNeverTaken_ExtensionIsLeftOutAndListedAsBroken()
    {
        Add("bad", "", "r.Parameters<P>();", """
            public class P { [RunParameter("A")] public int A { get => 1; set { if (value == 7) Never.Ends(); } } }
            """);
        var catalog = _yard.Open();
        Assert.Equal(["bad", "good"], ExtensionYard.Ids(catalog).Order());
        var error = Assert.Throws<BadInputException>(() => catalog.ThrowIfInvalid(ExtensionYard.Request(("bad/a", "7"))));
        Assert.Equal("The extension 'bad' cannot be used: taking its values did not end within 10 seconds.", error.Message);
        Assert.Equal(["good"], ExtensionYard.Ids(catalog));
        Assert.Equal(ExtensionState.Broken, catalog.Entries.Single(e => e.Id == "bad").State);
    }

    [Theory]
    [InlineData("extension.json", "bad/extension.json is empty.")]
    [InlineData("Ext.bad.dll", "'Ext.bad.dll' is not a whole .NET assembly; build it anew or copy it again.")]
    [InlineData("Ext.bad.pdb", null)]
    public void Open_FileIsAPipe_IsNotWaitedFor(string file, string? reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files there.");
        Add("bad", "", "");
        File.Delete(Path.Join(_yard.Folder("bad"), file));
        using var made = System.Diagnostics.Process.Start("mkfifo", Path.Join(_yard.Folder("bad"), file));
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
        Assert.Equal(reason, _yard.Open().Entries.Single(e => e.Id == "bad").Reason);
    }
}
