using System.Text.Json;
using RegionWebUI.Host.Extensions;
using RegionWebUI.Host.Settings;

namespace RegionWebUI.Tests.Commands;

public sealed class ExtensionsCommandTests : IDisposable
{
    private readonly TestProgram _program = new();

    public ExtensionsCommandTests()
    {
        _program.Catalog.Add("first", ExtensionState.On, ListedExtensions.Number("first", "share")).Add("asleep", ExtensionState.Off)
            .Add("odd", ExtensionState.Broken);
        _program.Catalog.Change("odd", e => e with { Reason = "It needs SDK 2." });
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task List_Text_OneLineEachAndTheReasonsOnStderr()
    {
        Assert.Equal(0, await _program.RunAsync("extension", "list"));
        Assert.Equal(
            ["first   1.2  on       Does first", "asleep  1.2  off      Does asleep", "odd     1.2  broken   Does odd"],
            _program.OutLines);
        Assert.Equal(["odd: It needs SDK 2."], _program.ErrorLines);
        Assert.False(Directory.Exists(_program.DataFolder));
    }

    [Fact]
    public async Task List_Json_IsOneObject()
    {
        Assert.Equal(0, await _program.RunAsync("extension", "list", "--json"));
        var all = JsonDocument.Parse(Assert.Single(_program.OutLines)).RootElement.GetProperty("extensions");
        Assert.Equal(["on", "off", "broken"], all.EnumerateArray().Select(e => e.GetProperty("state").GetString()));
        Assert.Equal("It needs SDK 2.", all[2].GetProperty("reason").GetString());
        Assert.Equal(
            """[{"option":"first.share","label":"share","help":"A number.","default":"2.5","values":"a number from 0 to 10"}]""",
            all[0].GetProperty("parameters").GetRawText());
        Assert.Empty(_program.Error);
    }

    [Fact]
    public async Task Show_On_HasParametersWithRangesAndDefaults()
    {
        Assert.Equal(0, await _program.RunAsync("extension", "show", "first"));
        Assert.Equal(
            ["first 1.2 (on)", "  Does first", "--ext first.share=2.5", "  share: a number from 0 to 10. A number."], _program.OutLines);
        Assert.Empty(_program.Error);
    }

    [Fact]
    public async Task Show_Off_SaysHowItsParametersAreSeen()
    {
        Assert.Equal(0, await _program.RunAsync("extension", "show", "asleep"));
        Assert.Contains("'extension enable asleep'", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enable", "asleep", ExtensionState.On, "asleep 1.2 is on.")]
    [InlineData("disable", "first", ExtensionState.Off, "first 1.2 is off.")]
    [InlineData("disable", "odd", ExtensionState.Off, "odd 1.2 is off.")]
    public async Task Switch_KnownId_SwitchesAndFreesTheFolder(string verb, string id, ExtensionState state, string said)
    {
        Assert.Equal(0, await _program.RunAsync("extension", verb, id));
        Assert.Equal(state, _program.Catalog.Entries.Single(e => e.Id == id).State);
        Assert.Equal([said], _program.OutLines);
        Assert.False(_program.ExtensionsAsked!.ReadOnly);
        using var free = DataFolderLock.Take(DataFolder.Locate(_program.DataFolder, _ => null));
    }

    [Fact]
    public async Task Enable_CannotBeUsed_SaysWhyAndExits2()
    {
        _program.Catalog.WhenEnabled = ExtensionState.Broken;
        Assert.Equal(2, await _program.RunAsync("extension", "enable", "asleep"));
        Assert.Equal(["The extension 'asleep' is switched on, but cannot be used (It does not fit)."], _program.ErrorLines);
    }

    [Theory]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("show")]
    public async Task AnyVerb_UnknownId_NamesTheNearestAndMakesNothing(string verb)
    {
        Assert.Equal(2, await _program.RunAsync("extension", verb, "frist"));
        Assert.Contains("the nearest is 'first'", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_program.DataFolder));
    }

    [Fact]
    public async Task Switch_HostRuns_IsRefusedNamesItAndThePage()
    {
        using var host = DataFolderLock.Take(DataFolder.Locate(_program.DataFolder, _ => null).Create());
        Assert.Equal(2, await _program.RunAsync("extension", "disable", "first"));
        var sentence = Assert.Single(_program.ErrorLines);
        Assert.Contains($"process {Environment.ProcessId}", sentence, StringComparison.Ordinal);
        Assert.EndsWith("Extensions page.", sentence, StringComparison.Ordinal);
        Assert.Equal(ExtensionState.On, _program.Catalog.Entries[0].State);
        Assert.Equal(0, await _program.RunAsync("extension", "list"));
    }

    [Fact]
    public async Task DataDirAndFolders_AreWhereItLooks()
    {
        var more = Directory.CreateDirectory(_program.InWork("more")).FullName;
        Assert.Equal(0, await _program.RunAsync("extension", "list", "--data-dir", _program.InWork("data"), "--extensions", more));
        Assert.Equal([more, _program.InWork("data/extensions")], _program.ExtensionFolders);
        Assert.Equal(_program.InWork("data/extensions.json"), _program.ExtensionsAsked!.SettingsFile);
    }
}
