using CsCheck;
using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Parameters;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>Declared parameters on their way: class, control, text, bound object.</summary>
public sealed class ExtensionParameterTests : IDisposable
{
    private const string All = """
        public enum Mode { Soft, Hard }
        public sealed class P : IValidatableObject
        {
            [RunParameter("Words", Help = "What to say.", Lines = 3, MaxLength = 10)] public string Words { get; set; } = "hi";
            [RunParameter("Loud")] public bool Loud { get; set; }
            [RunParameter("Step count", Minimum = 1, Maximum = 8)] public int StepCount { get; init; } = 4;
            [RunParameter("Big")] public long Big { get; set; } = 5000000000;
            [RunParameter("Weight", Minimum = 0, Maximum = 2, Step = 0.1)] public double Weight { get; set; } = 0.5;
            [RunParameter("Mode")] public Mode Mode { get; set; } = Mode.Hard;
            public string NotAParameter { get; set; }
            public override string ToString() => $"{Words}|{Loud}|{StepCount}|{Big}|{Weight}|{Mode}";
            public IEnumerable<ValidationResult> Validate(ValidationContext c)
            {
                if (Loud && Mode == Mode.Soft) yield return new ValidationResult("Soft cannot be\nloud.", [nameof(Mode)]);
            }
        }
        """;

    private readonly ExtensionYard _yard = new();

    public void Dispose() => _yard.Dispose();

    private ExtensionCatalog Open(Action<System.Text.Json.Nodes.JsonObject>? manifest = null)
    {
        _yard.Add("demo", ExtensionCompiler.Extension("r.Parameters<P>(); r.Hooks(_ => []);", All), manifest: manifest);
        return _yard.Open();
    }

    [Fact]
    public void Entries_AnnotatedClass_GivesParametersInOrder()
    {
        var parameters = Open().Entries[0].Parameters;
        Assert.Equal(
            [
                ("ext/demo/words", "demo.words", ParameterKind.Text, 0, 10, "hi"),
                ("ext/demo/loud", "demo.loud", ParameterKind.Flag, 0, 0, false),
                ("ext/demo/stepCount", "demo.stepCount", ParameterKind.Whole, 1, 8, 4L),
                ("ext/demo/big", "demo.big", ParameterKind.Whole, long.MinValue, long.MaxValue, 5_000_000_000L),
                ("ext/demo/weight", "demo.weight", ParameterKind.Real, 0, 2, 0.5),
                ("ext/demo/mode", "demo.mode", ParameterKind.Choice, 0, 0, "Hard"),
            ],
            parameters.Select(p => (p.Field, p.Option, p.Kind, p.Minimum, p.Maximum, p.Default!)));
        Assert.All(parameters, p => Assert.Equal(p.Field, p.InfotextKey));
        Assert.Equal(("What to say.", 3, "Words"), (parameters[0].Help, parameters[0].Lines, parameters[0].Label));
        Assert.Equal(["Soft", "Hard"], parameters[5].Choices);
        Assert.Equal(0.1, parameters[4].Step);
    }

    [Fact]
    public void ForRun_NothingAsked_GivesAllDefaultsAndABoundObject()
    {
        var run = Assert.Single(Open().ForRun(ExtensionYard.Request()));
        Assert.Equal(
            "words=hi loud=false stepCount=4 big=5000000000 weight=0.5 mode=Hard", string.Join(' ', run.Values.Select(v => $"{v.Key}={v.Value}")));
        Assert.Equal("hi|False|4|5000000000|0.5|Hard", run.Parameters!.ToString());
    }

    [Fact]
    public void ForRun_ValuesInOddForms_AreBoundAndWrittenInOneForm()
    {
        var run = Assert.Single(Open().ForRun(ExtensionYard.Request(
            ("demo/words", ""), ("demo/loud", "TRUE"), ("demo/stepCount", "+07"), ("demo/weight", "1.50e0"), ("demo/mode", "hard"))));
        Assert.Equal("|True|7|5000000000|1.5|Hard", run.Parameters!.ToString());
        Assert.Equal(["", "true", "7", "5000000000", "1.5", "Hard"], run.Values.Select(v => v.Value));
    }

    [Fact]
    public void ForRun_Twice_GivesTwoObjects()
    {
        var catalog = Open();
        Assert.NotSame(
            catalog.ForRun(ExtensionYard.Request())[0].Parameters, catalog.ForRun(ExtensionYard.Request())[0].Parameters);
    }

    [Theory]
    [InlineData("words", "elevenletters", "Words (demo.words) must be a text of at most 10 characters, not 'elevenletters'.")]
    [InlineData("loud", "yes", "Loud (demo.loud) must be true or false, not 'yes'.")]
    [InlineData("stepCount", "9", "Step count (demo.stepCount) must be a whole number from 1 to 8, not '9'.")]
    [InlineData("stepCount", "2.0", "Step count (demo.stepCount) must be a whole number from 1 to 8, not '2.0'.")]
    [InlineData("stepCount", "99999999999999999999", "must be a whole number from 1 to 8, not '99999999999999999999'.")]
    [InlineData("weight", "NaN", "Weight (demo.weight) must be a number from 0 to 2, not 'NaN'.")]
    [InlineData("weight", "0,5", "not '0,5'.")]
    [InlineData("weight", "-0.01", "not '-0.01'.")]
    [InlineData("mode", "1", "Mode (demo.mode) must be one of Soft, Hard, not '1'.")]
    [InlineData("stepCounts", "1", "There is no parameter 'stepCounts'; the nearest is 'stepCount'")]
    [InlineData("StepCount", "1", "There is no parameter 'StepCount'; the nearest is 'stepCount'")]
    [InlineData("", "1", "There is no parameter ''")]
    public void ThrowIfInvalid_IllegalValue_NamesFieldValueAndRange(string name, string value, string sentence)
    {
        var catalog = Open();
        var error = Assert.Throws<BadInputException>(() => catalog.ThrowIfInvalid(ExtensionYard.Request(($"demo/{name}", value))));
        Assert.Equal($"ext/demo/{name}", error.Field);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, Assert.Throws<BadInputException>(() => catalog.ForRun(ExtensionYard.Request(($"demo/{name}", value)))).Message);
        Assert.Equal(ExtensionState.On, catalog.Entries[0].State);
    }

    [Fact]
    public void ThrowIfInvalid_ValuesDoNotGoTogether_SaysTheExtensionsSentenceOnOneLine()
    {
        var request = ExtensionYard.Request(("demo/loud", "true"), ("demo/mode", "Soft"));
        var error = Assert.Throws<BadInputException>(() => Open().ThrowIfInvalid(request));
        Assert.Equal(("ext/demo/mode", "Soft cannot be loud."), (error.Field, error.Message));
    }

    [Theory]
    [InlineData("dmo/words", "There is no extension 'dmo' that is on; the nearest is 'demo'.")]
    [InlineData("words", "There is no extension 'words' that is on; the nearest is 'demo'.")]
    [InlineData("", "There is no extension '' that is on; the nearest is 'demo'.")]
    public void ThrowIfInvalid_NoSuchExtension_NamesTheNearest(string key, string sentence)
    {
        var error = Assert.Throws<BadInputException>(() => Open().ThrowIfInvalid(ExtensionYard.Request((key, "x"))));
        Assert.Equal(($"ext/{key}", sentence), (error.Field, error.Message));
    }

    [Fact]
    public void ManifestParameters_ReplaceTheDefaults()
    {
        var catalog = Open(m => m["parameters"] = new System.Text.Json.Nodes.JsonObject { ["stepCount"] = 8, ["mode"] = "soft", ["words"] = "" });
        Assert.Equal(["", false, 8L, 5_000_000_000L, 0.5, "Soft"], catalog.Entries[0].Parameters.Select(p => p.Default));
        Assert.Equal("|False|8|5000000000|0.5|Soft", catalog.ForRun(ExtensionYard.Request())[0].Parameters!.ToString());
    }

    [Theory]
    [InlineData("stepCount", "9", "\"parameters\" of the manifest: Step count (stepCount) must be a whole number from 1 to 8, not '9'.")]
    [InlineData("stepcount", "1", "\"parameters\" of the manifest: There is no parameter 'stepcount'; the nearest is 'stepCount'")]
    public void ManifestParameters_IllegalOrUnknown_BreakTheExtension(string name, string value, string reason)
    {
        var entry = Open(m => m["parameters"] = new System.Text.Json.Nodes.JsonObject { [name] = value }).Entries[0];
        Assert.Equal(ExtensionState.Broken, entry.State);
        Assert.StartsWith(reason, entry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SetThenGet_AnyLegalValue_IsTheValueAndBinds()
    {
        var catalog = Open();
        var parameters = catalog.Entries[0].Parameters.ToDictionary(p => p.Field);
        Gen.Select(Gen.Double[0, 2], Gen.Long, Gen.Int[1, 8], Gen.String[0, 10]).Sample((weight, big, steps, words) =>
        {
            var request = new GenerationRequest();
            foreach (var (name, value) in new[] { ("weight", (object)weight), ("big", big), ("stepCount", (long)steps), ("words", words) })
            {
                request = parameters[$"ext/demo/{name}"].Set(request, value);
                Assert.Equal(value, parameters[$"ext/demo/{name}"].Get(request));
            }

            var texts = catalog.ForRun(request)[0].Values.ToDictionary(v => v.Key, v => v.Value);
            Assert.Equal(weight, double.Parse(texts["weight"], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(big, long.Parse(texts["big"], System.Globalization.CultureInfo.InvariantCulture));
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void Set_TheDefault_LeavesNoTrace()
    {
        var weight = Open().Entries[0].Parameters.Single(p => p.Field == "ext/demo/weight");
        var changed = weight.Parse(new GenerationRequest(), "0.75");
        Assert.Equal([("demo/weight", "0.75")], changed.Extensions.Select(e => (e.Key, e.Value)));
        Assert.Empty(weight.Parse(changed, "0.50").Extensions);
    }

    [Theory]
    [InlineData("public float A { get; set; }", "", "P.A is of type Single; a parameter is a string, bool, int, long, double or enum.")]
    [InlineData("public int? A { get; set; }", "", "P.A is of type Nullable`1;")]
    [InlineData("public int A { get; }", "", "P.A must be a public property with a public getter and setter to be a parameter.")]
    [InlineData("public int A { get; private set; }", "", "P.A must be a public property")]
    [InlineData("public static int A { get; set; }", "", "P.A must be a public property")]
    [InlineData("int A { get; set; }", "", "P.A must be a public property")]
    [InlineData("public int this[int i] { get => i; set { } }", "", "P.Item must be a public property")]
    [InlineData("public int Ä { get; set; }", "", "P.Ä: a parameter's name has 1..40 letters a..z and digits, from a letter on.")]
    [InlineData("public string A { get; set; }", "", "P.A is null in a new object; a parameter needs a default.")]
    [InlineData(
        "public string A { get; set; } = \"long\";", ", MaxLength = 3", "the default of P.A must be a text of at most 3 characters, not 'long'.")]
    [InlineData("public int A { get; set; }", ", Minimum = 1", "the default of P.A must be a whole number from 1 to 2147483647, not '0'.")]
    [InlineData("public double A { get; set; } = double.NaN;", "", "the default of P.A must be a number from ")]
    [InlineData("public double A { get; set; }", ", Minimum = 2, Maximum = 1", "the range of P.A holds no value: 2 to 1.")]
    [InlineData("public double A { get; set; }", ", Minimum = double.NaN", "the range of P.A holds no value: NaN to ")]
    [InlineData("public int A { get; set; }", ", Minimum = 1e12", "the range of P.A holds no value: ")]
    [InlineData("public int A { get; set; }", ", Step = 0", "the step of P.A must be a number more than 0, not 0.")]
    [InlineData("public string A { get; set; } = \"\";", ", Lines = 0", "the lines of P.A must be 1..40, not 0.")]
    [InlineData("public string A { get; set; } = \"\";", ", MaxLength = 99999", "the greatest length of P.A must be 1..32768, not 99999.")]
    [InlineData("public string A { get; set; } = \"\";", ", Help = null", "the help of P.A must have 0..400 characters on one line.")]
    [InlineData("public DayOfWeek A { get; set; } = (DayOfWeek)9;", "", "the default of P.A must be one of Sunday, ")]
    [InlineData(
        "public int A { get; set; } [RunParameter(\"a\")] public int a { get; set; }", "", "P has two parameters named 'a', letter case aside.")]
    public void Parameters_CannotBeOne_SaysWhichAndWhy(string property, string more, string reason)
    {
        _yard.Add("demo", ExtensionCompiler.Extension("r.Parameters<P>();", $$"""public class P { [RunParameter("A"{{more}})] {{property}} }"""));
        Assert.StartsWith(reason, _yard.Broken(), StringComparison.Ordinal);
    }
}
