using RegionWebUI.Diffusion;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Extensions.Declaring;
using RegionWebUI.TestKit.Extensions;

namespace RegionWebUI.Host.Tests.Extensions;

/// <summary>Verbs and tabs.</summary>
public sealed class ExtensionCommandTests : IDisposable
{
    private const string Options = """
        public sealed class O : IValidatableObject
        {
            [RunParameter("In", Help = "The picture.")] public string InFile { get; set; } = "";
            [RunParameter("Steps", Minimum = 1, Maximum = 9)] public int X0Steps { get; set; } = 3;
            [RunParameter("Fast", Help = "Hurries.")] public bool Fast { get; set; }
            public IEnumerable<ValidationResult> Validate(ValidationContext c)
            {
                if (Fast && X0Steps > 5) yield return new ValidationResult("Fast has at most 5 steps.", [nameof(X0Steps)]);
            }
        }
        """;

    private readonly ExtensionYard _yard = new();

    public void Dispose() => _yard.Dispose();

    private ExtensionCommand Command()
    {
        _yard.Add("demo", ExtensionCompiler.Extension(
            "r.Command<O>(\"edit-it\", \"Edits.\", (o, e, c) => Task.FromResult(o.InFile.Length * 100 + o.X0Steps * 10 + (o.Fast ? 1 : 0)));",
            Options));
        return Assert.Single(_yard.Only().Commands);
    }

    [Fact]
    public void Command_OptionsClass_GivesOptionsInDashedWords()
    {
        var command = Command();
        Assert.Equal(("demo", "edit-it", "Edits."), (command.Extension, command.Verb, command.Help));
        Assert.Equal(
            [
                new ExtensionOption("in-file", "In", "The picture: a text of at most 4096 characters.", false),
                new ExtensionOption("x0-steps", "Steps", "Steps: a whole number from 1 to 9; 3 when it is left out.", false),
                new ExtensionOption("fast", "Fast", "Hurries.", true),
            ],
            command.Options);
    }

    [Fact]
    public async Task Run_SomeOptions_OthersTakeTheirDefaults()
    {
        var options = new Dictionary<string, string> { ["in-file"] = "ab", ["fast"] = "true" };
        Assert.Equal(231, await Command().Run(options, null!, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("x0-steps", "0", "x0-steps", "Steps (--x0-steps) must be a whole number from 1 to 9, not '0'.")]
    [InlineData("steps", "1", "steps", "There is no option of 'edit-it' 'steps'; the nearest is 'x0-steps' (all: in-file, x0-steps, fast).")]
    public async Task Run_BadOption_IsRefused(string option, string value, string field, string sentence)
    {
        var options = new Dictionary<string, string> { [option] = value };
        var error = await Assert.ThrowsAsync<BadInputException>(() => Command().Run(options, null!, TestContext.Current.CancellationToken));
        Assert.Equal((field, sentence), (error.Field, error.Message));
    }

    [Fact]
    public async Task Run_OptionsDoNotGoTogether_IsRefused()
    {
        var options = new Dictionary<string, string> { ["x0-steps"] = "6", ["fast"] = "true" };
        var error = await Assert.ThrowsAsync<BadInputException>(() => Command().Run(options, null!, TestContext.Current.CancellationToken));
        Assert.Equal(("x0-steps", "Fast has at most 5 steps."), (error.Field, error.Message));
    }

    [Theory]
    [InlineData("FooBar", "foo-bar")]
    [InlineData("X", "x")]
    [InlineData("T1Text", "t1-text")]
    [InlineData("UseVAEDecoder", "use-vae-decoder")]
    [InlineData("Seed2", "seed2")]
    public void OptionName_Property_IsDashed(string property, string option) => Assert.Equal(option, CommandBuilder.OptionName(property));

    [Theory]
    [InlineData("r.Command<O>(\"serve\", \"x\", (o, e, c) => null);", "the verb 'serve' is taken; choose another.")]
    [InlineData(
        "r.Command<O>(\"a\", \"x\", (o, e, c) => null); r.Command<O>(\"a\", \"x\", (o, e, c) => null);", "the verb 'a' is taken; choose another.")]
    [InlineData(
        "r.Command<O>(\"A b\", \"x\", (o, e, c) => null);", "the verb 'A b' must be 1..40 lower-case letters, digits and '-', from a letter on.")]
    [InlineData("r.Command<O>(null, \"x\", (o, e, c) => null);", "the verb '' must be 1..40 lower-case letters")]
    [InlineData("r.Command<O>(\"a\", \"\", (o, e, c) => null);", "the help of the verb 'a' must have 1..200 characters on one line.")]
    [InlineData("r.Command<O>(\"a\", \"x\", null);", "the verb 'a' was given null in place of a function.")]
    [InlineData("r.Tab(typeof(O), \"Title\");", "the tab 'Title' was given O, which is no Razor component.")]
    [InlineData("r.Tab(null, \"Title\");", "the tab 'Title' was given null, which is no Razor component.")]
    [InlineData("r.Tab(typeof(O), \" \");", "the title of a tab must have 1..40 characters on one line.")]
    [InlineData("r.Tab(typeof(O), null);", "the title of a tab must have 1..40 characters on one line.")]
    public void Register_CannotBeDeclared_SaysWhy(string register, string reason)
    {
        _yard.Add("demo", ExtensionCompiler.Extension(register, Options));
        Assert.StartsWith(reason, _yard.Broken(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_GivesNoTask_Throws()
    {
        _yard.Add("demo", ExtensionCompiler.Extension("r.Command<O>(\"a\", \"x\", (o, e, c) => null);", Options));
        var command = Assert.Single(_yard.Only().Commands);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => command.Run(new Dictionary<string, string>(), null!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Open_VerbOfAnEarlierExtension_LaterOneIsBroken()
    {
        foreach (var id in new[] { "a", "b" })
        {
            _yard.Add(id, ExtensionCompiler.Extension("r.Command<O>(\"go\", \"x\", (o, e, c) => null);", Options));
        }

        var entries = _yard.Open().Entries;
        Assert.Equal([("a", ExtensionState.On), ("b", ExtensionState.Broken)], entries.Select(e => (e.Id, e.State)));
        Assert.Equal("its verb 'go' is taken by the extension 'a', which runs before it.", entries[1].Reason);
    }

    [Fact]
    public void Tab_Component_HasAnAddressOfItsOwn()
    {
        // The test process has no web framework; an assembly of its name with the interface stands in.
        var web = ExtensionCompiler.Library(
            "Microsoft.AspNetCore.Components", "10.0.0.0", "namespace Microsoft.AspNetCore.Components { public interface IComponent { } }");
        var code = ExtensionCompiler.Extension(
            "r.Tab(typeof(T), \"Multi-Region & more\");", "public class T : Microsoft.AspNetCore.Components.IComponent { }");
        _yard.Add("demo", ExtensionCompiler.Compile("Ext.demo", code, references: web), libraries: web);
        var tab = Assert.Single(_yard.Only().Tabs);
        Assert.Equal(
            ("demo", "T", "Multi-Region & more", "/ext/demo/multi-region-more"), (tab.Extension, tab.Component.Name, tab.Title, tab.Address));
    }
}
