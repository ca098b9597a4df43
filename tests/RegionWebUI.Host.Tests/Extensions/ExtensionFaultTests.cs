using System.Runtime.CompilerServices;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Extensions;
using RegionWebUI.TestKit.Extensions;
using static RegionWebUI.Host.Tests.Extensions.ExtensionYard;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>Whose fault an exception is, and what it costs an extension.</summary>
public sealed class ExtensionFaultTests : IDisposable
{
    private const string Thrower = """
        public sealed class Own : Exception { }
        public sealed class Thrower : IHook, IEquatable<string>
        {
            public bool Equals(string how)
            {
                switch (how)
                {
                    case "direct": throw new Exception("no");
                    case "framework": return int.Parse("x") > 0;
                    case "inner": try { int.Parse("x"); } catch (Exception e) { throw new InvalidOperationException("outer", e); } return true;
                    case "task": Task.Run(() => throw new Exception("no")).Wait(); return true;
                    case "void": Late(); return true;
                    case "thread": var t = new Thread(() => throw new Exception("thread")); t.Start(); return true;
                    default: throw new Own();
                }
            }

            private static async void Late() { await Task.Yield(); throw new Exception("late"); }
        }
        """;

    private readonly ExtensionYard _yard = new();

    public void Dispose() => _yard.Dispose();

    private ExtensionCatalog Open()
    {
        _yard.Add("demo", ExtensionCompiler.Extension("r.Hooks(_ => [new Thrower()]);", Thrower));
        _yard.Add("good", ExtensionCompiler.Plain);
        return _yard.Open();
    }

    private static IEquatable<string> Hook(ExtensionCatalog catalog) =>
        (IEquatable<string>)catalog.ForRun(Request()).Single(e => e.Id == "demo").CreateHooks(null!).Single();

    [Theory]
    [InlineData("direct")]
    [InlineData("framework")]
    [InlineData("inner")]
    [InlineData("task")]
    [InlineData("own")]
    public void OwnerOf_ThrownByAnExtension_IsItsId(string how)
    {
        var error = Assert.ThrowsAny<Exception>(() => Hook(Open()).Equals(how));
        Assert.Equal("demo", ExtensionFaults.OwnerOf(error));
        Assert.Equal("demo", ExtensionFaults.OwnerOf(new AggregateException(new InvalidOperationException("around", error))));
    }

    [Fact]
    public void OwnerOf_AsyncVoid_IsItsId()
    {
        // What an async void method throws is posted to its context; this one hands it back in place of the thread pool.
        var context = new CatchingContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            Hook(Open()).Equals("void");
            var error = Assert.ThrowsAny<Exception>(context.RunAll);
            Assert.Equal("late", error.Message);
            Assert.Equal("demo", ExtensionFaults.OwnerOf(error));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public void OwnerOf_TheProgramsOwn_IsNobodys()
    {
        Assert.Null(ExtensionFaults.OwnerOf(Assert.ThrowsAny<Exception>(() => int.Parse("x", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Null(ExtensionFaults.OwnerOf(new InvalidOperationException("never thrown", new ArgumentException("nor this"))));
        Assert.False(ExtensionFaults.TryReport(new InvalidOperationException("never thrown")));
    }

    [Fact]
    public void OwnerOf_ExceptionHoldsItself_Ends()
    {
        var error = new InvalidOperationException("self");
        InnerOf(error) = error;
        Assert.Null(ExtensionFaults.OwnerOf(error));
    }

    [Fact]
    public void TryReport_Background_BreaksTheExtensionUntilItIsSwitchedOnAgain()
    {
        var catalog = Open();
        var changes = 0;
        catalog.Changed += () => changes++;
        Assert.True(ExtensionFaults.TryReport(Assert.ThrowsAny<Exception>(() => Hook(catalog).Equals("direct"))));
        Assert.Equal(1, changes);
        var entry = catalog.Entries.Single(e => e.Id == "demo");
        Assert.Equal((ExtensionState.Broken, "threw in the background: Exception: no"), (entry.State, entry.Reason));
        Assert.Equal(["good"], Ids(catalog));
        Assert.Equal(ExtensionState.On, catalog.Enable("demo").State);
        Assert.Equal(["demo", "good"], Ids(catalog).Order());
    }

    [Fact]
    public void TryReport_FromABuildThatIsNoLongerUsed_HarmsNotTheNewOne()
    {
        var catalog = Open();
        var old = Hook(catalog);
        _yard.Add("demo", ExtensionCompiler.Extension("r.Hooks(_ => [new Thrower(), new Thrower()]);", Thrower));
        Assert.Contains("demo", Ids(catalog));
        Assert.True(ExtensionFaults.TryReport(Assert.ThrowsAny<Exception>(() => old.Equals("direct"))));
        Assert.Contains("demo", Ids(catalog));
        Assert.Contains(_yard.Warnings, w => w.StartsWith("The extension 'demo' threw in the background", StringComparison.Ordinal));
    }

    [Fact]
    public void TryReport_WhileAnExtensionLoads_DoesNotWaitForIt()
    {
        var catalog = Open();
        var error = Assert.ThrowsAny<Exception>(() => Hook(catalog).Equals("direct"));
        AppContext.SetData("fault-while-loading", (Action)(() => ExtensionFaults.TryReport(error)));
        _yard.Add("slow", ExtensionCompiler.Extension(
            "var t = new Thread(() => ((Action)AppContext.GetData(\"fault-while-loading\"))()); t.Start(); t.Join(); r.Hooks(_ => []);"));
        Assert.Equal(["good", "slow"], Ids(catalog).Order());
        Assert.Equal(ExtensionState.Broken, catalog.Entries.Single(e => e.Id == "demo").State);
    }

    [Fact]
    public void RecordHookFailure_ThreeInARow_SwitchesOffAndRemembers()
    {
        var catalog = Open();
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("demo", Ids(catalog));
            catalog.RecordHookFailure(Failure("demo"));
        }

        Assert.Equal(["good"], Ids(catalog));
        foreach (var reader in new[] { catalog, _yard.Open(), _yard.Open(readOnly: true) })
        {
            var entry = reader.Entries.Single(e => e.Id == "demo");
            Assert.Equal(ExtensionState.Broken, entry.State);
            Assert.Equal("switched off after three failing runs in a row, the last at Guide: Exception: no", entry.Reason);
        }

        Assert.Equal((ExtensionState.On, null), (catalog.Enable("demo").State, catalog.Enable("demo").Reason));
        catalog.RecordHookFailure(Failure("demo"));
        Assert.Equal(["demo", "good"], Ids(_yard.Open()).Order());
        Assert.Equal(["demo", "good"], Ids(catalog).Order());
    }

    [Fact]
    public void RecordGoodRun_Between_StartsTheCountAnew()
    {
        var catalog = Open();
        for (var i = 0; i < 4; i++)
        {
            catalog.RecordHookFailure(Failure("demo"));
            catalog.RecordHookFailure(Failure("demo"));
            catalog.RecordGoodRun(new HookLog(["demo 1.2.3"], [], []));
        }

        Assert.Contains("demo", Ids(catalog));
    }

    [Fact]
    public void RecordHookFailure_SettingsCannotBeWritten_IsOffAllTheSame()
    {
        var catalog = Open();
        Directory.Delete(Path.GetDirectoryName(_yard.SettingsFile)!);
        Enumerable.Range(0, 3).ToList().ForEach(_ => catalog.RecordHookFailure(Failure("demo")));
        Assert.Equal(["good"], Ids(catalog));
        Assert.Contains(_yard.Warnings, w => w.StartsWith("That an extension was switched off could not be remembered", StringComparison.Ordinal));
    }

    [Fact]
    public void RecordHookFailure_ExtensionThatIsGone_IsNothing()
    {
        var catalog = Open();
        Enumerable.Range(0, 5).ToList().ForEach(_ => catalog.RecordHookFailure(Failure("gone")));
        Assert.Equal(["demo", "good"], Ids(catalog).Order());
    }

    [Theory]
    [InlineData("r.Hooks(_ => [new Nothing()]);")]
    [InlineData("r.Parameters<P>(); r.Command<P>(\"go\", \"x\", (o, e, c) => null); r.Hooks(_ => [new Nothing()]);")]
    public void Disable_NothingHoldsIt_ItsCodeGoes(string register)
    {
        _yard.Add("demo", ExtensionCompiler.Extension(
            register, "public class P { [RunParameter(\"A\")] public int A { get; set; } }"));
        var catalog = _yard.Open();
        var code = UseOnce(catalog);
        catalog.Disable("demo");
        CollectGarbage(() => !code.IsAlive);
        Assert.False(code.IsAlive);
    }

    [Fact]
    public void Disable_RunHasNotLoadedAllItNeeds_ItStillCan()
    {
        var library = ExtensionCompiler.Library("Late.Lib", "1.0.0.0", "public sealed class Late : RegionWebUI.Sdk.Hooks.IHook { }");
        var code = ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Extension("r.Hooks(_ => [new Late()]);"), references: library);
        _yard.Add("demo", code, libraries: library);
        var catalog = _yard.Open();
        var run = catalog.ForRun(Request())[0];
        catalog.Disable("demo");
        CollectGarbage(() => false);
        Assert.Equal("Late", run.CreateHooks(null!).Single().GetType().Name);
    }

    private static void CollectGarbage(Func<bool> isDone)
    {
        for (var i = 0; i < 10 && !isDone(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseOnce(ExtensionCatalog catalog)
    {
        var hook = catalog.ForRun(Request())[0].CreateHooks(null!).Single();
        return new WeakReference(System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(hook.GetType().Assembly));
    }

    private static HookFailure Failure(string id) => new(id, "1.2.3", HookKind.Guide, 4, "Exception: no", "all of it");

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception error);

    private sealed class CatchingContext : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Work, object? State)> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

        public void RunAll()
        {
            while (_posted.TryDequeue(out var next))
            {
                next.Work(next.State);
            }
        }
    }
}
