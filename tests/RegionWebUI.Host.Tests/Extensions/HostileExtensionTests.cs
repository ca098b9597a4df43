using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>Extensions whose code throws wherever it is called. Beside each lies a good one, which must not suffer.</summary>
public sealed class HostileExtensionTests : IDisposable
{
    private const string OddExceptions = """
        public sealed class NullMessage : Exception { public override string Message => null; }
        public sealed class ThrowingMessage : Exception { public override string Message => throw new NullMessage(); }
        public sealed class ThrowingText : Exception
        {
            public override string ToString() => throw new NullMessage();
            public override string StackTrace => throw new NullMessage();
        }
        public static class Odd
        {
            private static Exception Held(Exception e)
            {
                var inner = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic;
                typeof(Exception).GetField("_innerException", inner).SetValue(e, e);
                return e;
            }

            public static Exception Self()
            {
                return Held(new Exception("self"));
            }

            public static Exception SelfAggregate()
            {
                return Held(new AggregateException("first", new Exception("x")));
            }
        }
        """;

    private readonly ExtensionYard _yard = new();

    public HostileExtensionTests() => _yard.Add("good", ExtensionCompiler.Plain);

    public void Dispose() => _yard.Dispose();

    [Theory]
    [InlineData("public Entry() => throw new Exception(\"no\");", "", "its constructor threw Exception: no")]
    [InlineData(
        "static Entry() => int.Parse(\"x\");", "", "its constructor threw FormatException: The input string 'x' was not in a correct format.")]
    [InlineData("", "throw new Exception(\"no\");", "Register threw Exception: no")]
    [InlineData("", "throw new NullMessage();", "Register threw NullMessage")]
    [InlineData("", "throw new ThrowingMessage();", "Register threw ThrowingMessage: its message cannot be read")]
    [InlineData("", "throw new ThrowingText();", "Register threw ThrowingText: Exception of type 'ThrowingText' was thrown.")]
    [InlineData("", "throw new Exception(\"a\\r\\n b\\u2028c\");", "Register threw Exception: a b c")]
    [InlineData("", "throw Odd.Self();", "Register threw Exception: self")]
    [InlineData("", "throw Odd.SelfAggregate();", "Register threw AggregateException")]
    [InlineData("", "throw new AggregateException(new Exception(\"inside\"));", "Register threw Exception: inside")]
    [InlineData("", "throw null;", "Register threw NullReferenceException: Object reference not set to an instance of an object.")]
    [InlineData(
        "", "throw new ExtensionDeclarationException(null);", "Exception of type 'RegionWebUI.Sdk.ExtensionDeclarationException' was thrown.")]
    [InlineData("", "throw new ExtensionDeclarationException(\"\");", "Register refused a declaration without a word.")]
    [InlineData("", "Task.FromException(new Exception(\"late\")).Wait();", "Register threw Exception: late")]
    [InlineData(
        "",
        "var t = new Thread(() => { }); t.Start(); t.Join(); throw new ThreadInterruptedException(\"odd\");",
        "Register threw ThreadInterruptedException: odd")]
    [InlineData("", "r.Hooks(null);", "Hooks was given null in place of a function.")]
    [InlineData("", "r.Hooks(_ => []); r.Hooks(_ => []);", "Hooks was called a second time; an extension has one function that makes its hooks.")]
    [InlineData("", "r.Parameters<P>(); r.Parameters<P>();", "Parameters was called a second time, with P; an extension has one class.")]
    [InlineData("", "r.Parameters<Throws>();", "the constructor of Throws threw Exception: no")]
    [InlineData("", "r.Parameters<Getter>();", "the getter of Getter.A threw NullMessage")]
    [InlineData("", "r.Parameters<Setter>();", "the setter of Setter.A threw Exception: no")]
    [InlineData("", "r.Parameters<Judge>();", "Validate threw Exception: no")]
    [InlineData("", "r.Parameters<NullJudge>();", "Validate returned null in place of a list.")]
    [InlineData("", "r.Parameters<LateJudge>();", "Validate threw Exception: late")]
    [InlineData("", "r.Parameters<Picky>();", "it refuses its own defaults: never")]
    public void Open_CodeThrowsWhileItLoads_IsBrokenWithAReasonAndTheOtherRuns(string members, string register, string reason)
    {
        _yard.Add("bad", $$"""
            public sealed class Entry : IExtension { {{members}} public void Register(IRegistry r) { {{register}} } }
            public class P { [RunParameter("A")] public int A { get; set; } }
            public class Throws : P { public Throws() => throw new Exception("no"); }
            public class Getter { [RunParameter("A")] public int A { get => throw new NullMessage(); set { } } }
            public class Setter { [RunParameter("A")] public int A { get => 1; set => throw new Exception("no"); } }
            public class Judge : P, IValidatableObject
            {
                public IEnumerable<ValidationResult> Validate(ValidationContext c) => throw new Exception("no");
            }
            public class NullJudge : P, IValidatableObject { public IEnumerable<ValidationResult> Validate(ValidationContext c) => null; }
            public class LateJudge : P, IValidatableObject
            {
                public IEnumerable<ValidationResult> Validate(ValidationContext c) { yield return null; throw new Exception("late"); }
            }
            public class Picky : P, IValidatableObject
            {
                public IEnumerable<ValidationResult> Validate(ValidationContext c) => [new ValidationResult("never", null)];
            }
            {{OddExceptions}}
            """);
        var catalog = _yard.Open();
        Assert.Equal([("good", ExtensionState.On), ("bad", ExtensionState.Broken)], catalog.Entries.Select(e => (e.Id, e.State)));
        Assert.Equal(reason, catalog.Entries[1].Reason);
        Assert.Equal(["good"], ExtensionYard.Ids(catalog));
    }

    [Fact]
    public void Open_EndlessMessage_ReasonIsCut()
    {
        _yard.Add("bad", ExtensionCompiler.Extension("throw new Exception(new string('x', 1 << 24));"));
        var reason = _yard.Open().Entries[1].Reason!;
        Assert.InRange(reason.Length, 200, 300);
        Assert.EndsWith("xxx...", reason, StringComparison.Ordinal);
        Assert.All(_yard.Warnings, w => Assert.InRange(w.Length, 1, 10_000));
    }

    [Fact]
    public void CreateHooks_FunctionReturnsNull_ThrowsASentenceInTheRun()
    {
        _yard.Add("bad", ExtensionCompiler.Extension("r.Hooks(_ => null);"));
        var run = _yard.Open().ForRun(ExtensionYard.Request()).Single(e => e.Id == "bad");
        var error = Assert.Throws<InvalidOperationException>(() => run.CreateHooks(null!));
        Assert.Equal("The function given to Hooks returned null in place of a list of hooks.", error.Message);
    }

    [Fact]
    public void Registry_UsedAfterRegister_Refuses()
    {
        _yard.Add("late", ExtensionCompiler.Extension(
            "r.Parameters<P>(); P.Kept = r; r.Hooks(_ => { P.Kept.Hooks(_ => []); return []; });",
            "public class P { public static IRegistry Kept; }"));
        var run = _yard.Open().ForRun(ExtensionYard.Request()).Single(e => e.Id == "late");
        Assert.Throws<InvalidOperationException>(() => run.CreateHooks(null!));
    }

    [Fact]
    public void ForRun_SetterThrowsOnlyLater_ExtensionIsLeftOutAndListedAsBroken()
    {
        AddSwitched("set { if (Sets++ > 0) throw new Exception(\"worn\"); }", "[]");
        var catalog = _yard.Open();
        var changes = 0;
        catalog.Changed += () => changes++;
        Assert.Equal(["good"], ExtensionYard.Ids(catalog));
        var entry = catalog.Entries.Single(e => e.Id == "worn");
        Assert.Equal((ExtensionState.Broken, "the setter of P.A threw Exception: worn"), (entry.State, entry.Reason));
        Assert.Equal(1, changes);
    }

    [Fact]
    public void ThrowIfInvalid_ExtensionBreaksOnAskedValue_SaysThatItCannotBeUsed()
    {
        AddSwitched("set { if (value == 7) throw new Exception(\"seven\"); }", "[]");
        var catalog = _yard.Open();
        var error = Assert.Throws<BadInputException>(() => catalog.ThrowIfInvalid(ExtensionYard.Request(("worn/a", "7"))));
        Assert.Equal(("ext/worn/a", "The extension 'worn' cannot be used: the setter of P.A threw Exception: seven"), (error.Field, error.Message));
        var again = Assert.Throws<BadInputException>(() => catalog.ThrowIfInvalid(ExtensionYard.Request(("worn/a", "7"))));
        Assert.Equal(error.Message, again.Message);
        Assert.Equal(["good"], ExtensionYard.Ids(catalog));
        Assert.Equal(ExtensionState.On, catalog.Enable("worn").State);
    }

    private void AddSwitched(string setter, string results) => _yard.Add("worn", ExtensionCompiler.Extension(
        "r.Parameters<P>(); r.Hooks(_ => []);",
        $$"""
        public class P : IValidatableObject
        {
            public static int Sets;
            [RunParameter("A")] public int A { get => 1; {{setter}} }
            public IEnumerable<ValidationResult> Validate(ValidationContext c) => {{results}};
        }
        """));
}
