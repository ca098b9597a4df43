using System.Text.Json;

namespace RegionWebUI.Tests.Commands;

public sealed class ModelCommandTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task List_Json_IsOneObjectWithEveryModel()
    {
        Assert.Equal(0, await _program.RunAsync("model", "list", "--json"));
        var model = Assert.Single(JsonDocument.Parse(_program.Out).RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal("tiny", model.GetProperty("name").GetString());
        Assert.True(Directory.Exists(model.GetProperty("path").GetString()));
        Assert.Contains("unet", model.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Empty(_program.Error);
    }

    [Fact]
    public async Task List_Text_NamesTheModelAndItsProblem()
    {
        Assert.Equal(0, await _program.RunAsync("model", "list"));
        Assert.StartsWith("tiny", Assert.Single(_program.OutLines), StringComparison.Ordinal);
        Assert.Contains("tiny", Assert.Single(_program.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_UsersModels_AreListedToo()
    {
        var mine = Directory.CreateDirectory(Path.Join(_program.DataFolder, "models", "mine", "unet")).FullName;
        File.WriteAllText(Path.Join(mine, "config.json"), "{\"cross_attention_dim\": 768}");
        File.WriteAllText(Path.Join(mine, "..", "model_index.json"), "{}");
        Assert.Equal(0, await _program.RunAsync("model", "list"));
        Assert.Contains(_program.OutLines, l => l.StartsWith("mine", StringComparison.Ordinal) && l.Contains("SD 1.x", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("generate --help")]
    [InlineData("serve -h")]
    [InlineData("model list -?")]
    public async Task Help_AnyVerb_IsShownAndNothingRuns(string line)
    {
        Assert.Equal(0, await _program.RunAsync(line.Split(' ')));
        Assert.Contains("Usage:", _program.Out, StringComparison.Ordinal);
        Assert.Empty(_program.Error);
        Assert.Empty(_program.Factory.Loads);
    }

    [Fact]
    public async Task Version_IsTheProgramsOwn()
    {
        Assert.Equal(0, await _program.RunAsync("--version"));
        Assert.NotEmpty(_program.Out.Trim());
    }
}
