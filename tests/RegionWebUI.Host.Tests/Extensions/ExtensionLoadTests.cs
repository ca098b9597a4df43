using Microsoft.CodeAnalysis;
using RegionWebUI.Host.Extensions;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>What can be loaded, what cannot, and the reason each entry shows.</summary>
public sealed class ExtensionLoadTests : IDisposable
{
    private readonly ExtensionYard _yard = new();

    public void Dispose() => _yard.Dispose();

    [Fact]
    public void Open_GoodExtension_IsOnAndMakesItsHooks()
    {
        _yard.Add("demo", ExtensionCompiler.Plain, manifest: m => m["name"] = "Demo");
        var catalog = _yard.Open();
        var entry = Assert.Single(catalog.Entries);
        Assert.Equal((ExtensionState.On, "1.2.3", "Demo", null), (entry.State, entry.Version, entry.Name, entry.Reason));
        Assert.Equal(_yard.Folder("demo"), entry.Folder);
        var run = Assert.Single(catalog.ForRun(ExtensionYard.Request()));
        Assert.Equal(("demo", "1.2.3", null), (run.Id, run.Version, run.Parameters));
        Assert.Equal("Nothing", Assert.Single(run.CreateHooks(null!)).GetType().Name);
        Assert.Empty(_yard.Warnings);
    }

    [Fact]
    public void Open_ExtensionWithoutHooks_TakesNoPartInRuns()
    {
        _yard.Add("demo", ExtensionCompiler.Extension(""));
        var catalog = _yard.Open();
        Assert.Equal(ExtensionState.On, Assert.Single(catalog.Entries).State);
        Assert.Empty(ExtensionYard.Ids(catalog));
    }

    [Fact]
    public void Open_AssemblyInSubfolder_IsLoadedWithItsSymbols()
    {
        var code = ExtensionCompiler.Compile("Deep", ExtensionCompiler.Extension("throw new Exception(\"here\");"));
        _yard.Add("demo", code, manifest: m => m["assembly"] = "bin/Deep.dll");
        Directory.CreateDirectory(Path.Join(_yard.Folder("demo"), "bin"));
        File.Move(Path.Join(_yard.Folder("demo"), "Deep.dll"), Path.Join(_yard.Folder("demo"), "bin", "Deep.dll"));
        File.Move(Path.Join(_yard.Folder("demo"), "Deep.pdb"), Path.Join(_yard.Folder("demo"), "bin", "Deep.pdb"));
        Assert.Equal("Register threw Exception: here", _yard.Broken());
        Assert.Contains(_yard.Warnings, w => w.Contains("Deep.cs:line ", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_TwoVersionsOfOneLibrary_EachExtensionHasItsOwn()
    {
        foreach (var (id, version) in new[] { ("one", "1.0.0.0"), ("two", "2.0.0.0") })
        {
            var library = ExtensionCompiler.Library(
                "Shared.Lib", version, $"public static class Lib {{ public static string Version => \"{version}\"; }}");
            var code = ExtensionCompiler.Extension(
                "r.Parameters<P>();", "public sealed class P { [RunParameter(\"Version\")] public string Version { get; set; } = Lib.Version; }");
            _yard.Add(id, ExtensionCompiler.Compile("Same.Name", code, references: library), libraries: library);
        }

        Assert.Equal(["1.0.0.0", "2.0.0.0"], _yard.Open().Entries.Select(e => Assert.Single(e.Parameters).Default));
    }

    [Theory]
    [InlineData(
        "RegionWebUI.Host.Jobs.JobState",
        "'Ext.demo.dll' references RegionWebUI.Host, which is the program's own; an extension may reference RegionWebUI.Sdk")]
    [InlineData("RegionWebUI.Diffusion.NameSuggestion", "'Ext.demo.dll' references RegionWebUI.Diffusion, which is the program's own;")]
    [InlineData("CsCheck.Gen", "'Ext.demo.dll' references CsCheck, which is not there: an extension may reference RegionWebUI.Sdk")]
    public void Open_ReferenceToWhatTheProgramDoesNotShare_NamesIt(string type, string reason)
    {
        _yard.Add("demo", ExtensionCompiler.Extension($"GC.KeepAlive(typeof({type}));"));
        Assert.StartsWith(reason, _yard.Broken(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CopyOfTheProgramInTheFolder_IsStillRefused()
    {
        var code = ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Extension("GC.KeepAlive(typeof(RegionWebUI.Host.Jobs.JobState));"));
        var host = File.ReadAllBytes(typeof(ExtensionCatalog).Assembly.Location);
        _yard.Add("demo", code, libraries: new Compiled("RegionWebUI.Host", host, []));
        Assert.StartsWith("'Ext.demo.dll' references RegionWebUI.Host, which is the program's own;", _yard.Broken(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CopiesOfTheSdkInTheFolder_ProgramsOwnAreUsed()
    {
        var sdk = File.ReadAllBytes(typeof(Sdk.IExtension).Assembly.Location);
        var imaging = File.ReadAllBytes(typeof(Imaging.Image).Assembly.Location);
        _yard.Add(
            "demo", ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Plain), libraries:
            [new Compiled("RegionWebUI.Sdk", sdk, []), new Compiled("RegionWebUI.Imaging", imaging, [])]);
        Assert.Equal(["demo"], ExtensionYard.Ids(_yard.Open()));
    }

    [Fact]
    public void Open_LibraryIsMissing_NamesIt()
    {
        var library = ExtensionCompiler.Library("Lost.Lib", "1.0.0.0", "public class Lib { }");
        _yard.Add("demo", ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Extension("_ = new Lib();"), references: library));
        Assert.StartsWith("'Ext.demo.dll' references Lost.Lib, which is not there", _yard.Broken(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LibraryOfALibraryIsMissing_NamesBoth()
    {
        var lost = ExtensionCompiler.Library("Lost.Lib", "1.0.0.0", "public class Lost { }");
        var library = ExtensionCompiler.Compile("Near.Lib", "public class Near : Lost { }", references: lost);
        var code = ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Extension("GC.KeepAlive(typeof(Near));"), references: [library, lost]);
        _yard.Add("demo", code, libraries: library);
        Assert.StartsWith("'Near.Lib.dll' references Lost.Lib, which is not there", _yard.Broken(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FrameworkAssemblyTheProgramLacks_NamesIt()
    {
        var library = ExtensionCompiler.Library("System.Unheard", "9.0.0.0", "public class Lib { }");
        _yard.Add("demo", ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Extension("_ = new Lib();"), references: library));
        Assert.Equal(
            "'Ext.demo.dll' references System.Unheard 9.0.0.0, which this program does not have; put System.Unheard.dll beside it.", _yard.Broken());
    }

    [Fact]
    public void Open_BuiltAgainstALaterSdk_SaysBothVersions()
    {
        var later = ExtensionCompiler.Library(
            "RegionWebUI.Sdk", "97.0.0.0", """
                namespace RegionWebUI.Sdk { public class Later { } }
                namespace RegionWebUI.Sdk.Hooks { class Any { } }
                namespace RegionWebUI.Sdk.Samplers { class Any { } }
                """);
        _yard.Add("demo", ExtensionCompiler.Compile("Ext.demo", "public class Entry { Later l; }", references: later));
        Assert.StartsWith("'Ext.demo.dll' was built against RegionWebUI.Sdk 97.0, but this program has ", _yard.Broken(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AssemblyCutOffAnywhere_IsBrokenAndNothingElse()
    {
        var whole = ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Plain);
        foreach (var length in new[] { 0, 1, 64, 200, 600, whole.Dll.Length / 2, whole.Dll.Length - 1 })
        {
            _yard.Add("demo", whole with { Dll = whole.Dll[..length] });
            Assert.Equal("'Ext.demo.dll' is not a whole .NET assembly; build it anew or copy it again.", _yard.Broken());
        }
    }

    [Fact]
    public void Open_NativeLibrary_IsNoExtension()
    {
        _yard.Add("demo", new Compiled("Native", [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[100]], []));
        Assert.Equal("'Native.dll' is not a .NET assembly; a native library cannot be an extension.", _yard.Broken());
    }

    [Fact]
    public void Open_BuiltForAnotherMachine_SaysWhich()
    {
        var other = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64
            ? (Platform.X64, "X64") : (Platform.Arm64, "Arm64");
        _yard.Add("demo", ExtensionCompiler.Compile("Ext.demo", ExtensionCompiler.Plain, other.Item1));
        Assert.StartsWith($"'Ext.demo.dll' was built for {other.Item2}, but this program runs on ", _yard.Broken(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AssemblyIsNotThere_SaysSo()
    {
        _yard.Add("demo", ExtensionCompiler.Plain, manifest: m => m["assembly"] = "Other.dll");
        Assert.Equal("the assembly 'Other.dll' is not there; build it, or name the right file in the manifest.", _yard.Broken());
    }

    [Fact]
    public void Open_AssemblyIsALinkOutOfTheFolder_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        _yard.Add("demo", ExtensionCompiler.Plain);
        var inside = Path.Join(_yard.Folder("demo"), "Ext.demo.dll");
        var outside = _yard.Write("elsewhere/Ext.demo.dll", File.ReadAllBytes(inside));
        File.Delete(inside);
        File.CreateSymbolicLink(inside, outside);
        Assert.Equal("'Ext.demo.dll' is a link out of the extension's folder.", _yard.Broken());
    }

    [Fact]
    public void Open_SubfolderIsALinkOutOfTheFolder_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        _yard.Add("demo", ExtensionCompiler.Plain, manifest: m => m["assembly"] = "bin/Ext.demo.dll");
        var outside = _yard.Write("elsewhere/Ext.demo.dll", File.ReadAllBytes(Path.Join(_yard.Folder("demo"), "Ext.demo.dll")));
        Directory.CreateSymbolicLink(Path.Join(_yard.Folder("demo"), "bin"), Path.GetDirectoryName(outside)!);
        Assert.Equal("'Ext.demo.dll' is a link out of the extension's folder.", _yard.Broken());
    }

    [Theory]
    [InlineData("public class Entry { }", "must have one public class that implements IExtension, but has none.")]
    [InlineData("class Entry : IExtension { public void Register(IRegistry r) { } }", "but has Entry, which is not public.")]
    [InlineData(
        "public class A : IExtension { public void Register(IRegistry r) { } } public class B : A { }",
        "must have one public class that implements IExtension, but has 2 (A, B).")]
    [InlineData(
        "public class Entry(int x) : IExtension { public void Register(IRegistry r) { } }",
        "Entry must have a public constructor without parameters.")]
    [InlineData("public class Entry<T> : IExtension { public void Register(IRegistry r) { } }", "must have a public constructor without parameters.")]
    public void Open_NoSingleEntryClass_SaysWhatWasFound(string code, string reason)
    {
        _yard.Add("demo", code);
        Assert.EndsWith(reason, _yard.Broken(), StringComparison.Ordinal);
    }
}
