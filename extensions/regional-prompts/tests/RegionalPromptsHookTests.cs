using RegionalPrompts.Tests.Fakes;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;

namespace RegionalPrompts.Tests;

public class RegionalPromptsHookTests
{
    private static readonly Box _frame = new(0, 0, 32, 16);

    [Fact]
    public async Task Plan_FirstHalf_ReplacesEachLaneByItsRegionsInOrder()
    {
        var (hook, networks) = await StartedAsync(new() { Prompts = "a cat\na dog\na cow", Split = "2,1,1", Feather = 0 });
        var plan = new FakePlanContext(step: 4, steps: 10, _frame, lanes: 2);
        hook.Plan(plan);

        Assert.Equal(["a cat, in the snow", "a dog, in the snow", "a cow, in the snow", "a cat, a dog, a cow, in the snow"], networks.Encoded);
        Assert.Equal(
            [(0, 1, 0, 16), (0, 2, 16, 8), (0, 3, 24, 8), (1, 1, 0, 16), (1, 2, 16, 8), (1, 3, 24, 8)],
            plan.Rows.Select(r => (r.Lane.Index, FakeNetworks.NumberOf(r.Positive), r.Crop.X, r.Crop.Width)));
        Assert.All(plan.Rows, r => Assert.Equal((-1, 5.0), (FakeNetworks.NumberOf(r.Negative), r.CfgScale)));
        Assert.Equal(plan.Rows.Count, plan.Rows.Select(r => r.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(4, 0.25, 2)]
    [InlineData(5, 0.25, 3)]
    [InlineData(9, 0.25, 3)]
    [InlineData(9, 0, 2)]
    [InlineData(9, 1, 3)]
    public async Task Plan_AnyStep_SharesSumToOneWithTheWholeFrameFromTheHalfOn(int step, double whole, int rows)
    {
        var (hook, _) = await StartedAsync(new() { Prompts = "a cat\na dog", Direction = Direction.Rows, Whole = whole });
        var plan = new FakePlanContext(step, steps: 10, _frame);
        hook.Plan(plan);

        Assert.Equal(rows, plan.Rows.Count);
        for (var y = 0; y < _frame.Height; y++)
        {
            Assert.Equal(1, plan.Rows.Where(r => r.Crop.Y <= y && y < r.Crop.Bottom).Sum(r => (double)r.Weight![0, y - r.Crop.Y]), 1e-6);
        }

        Assert.Equal(rows == 3 ? whole : 0, plan.Rows.Where(r => r.Crop == _frame).Sum(r => (double)r.Weight![3, 3]), 1e-6);
    }

    [Fact]
    public async Task Plan_RowsOfAnotherExtension_AreLeftAlone()
    {
        var (hook, _) = await StartedAsync(new() { Prompts = "a cat\na dog" });
        var plan = new FakePlanContext(step: 0, steps: 10, _frame);
        var theirs = plan.Rows[0] with { Id = "theirs", Crop = new Box(0, 0, 8, 8) };
        var weighed = plan.Rows[0] with { Id = "weighed", Weight = Mask.Full(32, 16, 0.5f) };
        plan.Rows.Insert(0, theirs);
        plan.Rows.Add(weighed);
        hook.Plan(plan);

        Assert.Equal(4, plan.Rows.Count);
        Assert.Same(theirs, plan.Rows[0]);
        Assert.Same(weighed, plan.Rows[3]);
    }

    [Fact]
    public async Task Plan_MainPromptWithAnd_RegionsStandForAllOfItsSides()
    {
        var (hook, _) = await StartedAsync(new() { Prompts = "a cat\na dog" });
        var plan = new FakePlanContext(step: 0, steps: 10, _frame, lanes: 2);
        foreach (var row in plan.Rows.ToList())
        {
            plan.Rows[plan.Rows.IndexOf(row)] = row with { CfgScale = 10 };
            plan.Rows.Add(row with { Id = $"{row.Id}, second", CfgScale = 20 });
        }

        hook.Plan(plan);

        Assert.Equal([0, 0, 1, 1], plan.Rows.Select(r => r.Lane.Index));
        Assert.All(plan.Rows, r => Assert.Equal(5, r.CfgScale));
    }

    [Theory]
    [InlineData("in the snow", nameof(MainPrompt.Alone), "a cat|a dog|a cat, a dog, in the snow")]
    [InlineData("in the snow", nameof(MainPrompt.Prepend), "in the snow, a cat|in the snow, a dog|in the snow, a cat, a dog")]
    [InlineData("", nameof(MainPrompt.Append), "a cat|a dog|a cat, a dog")]
    public async Task Start_MainPrompt_JoinsAsItIsTold(string main, string global, string expected)
    {
        var (_, networks) = await StartedAsync(new() { Prompts = "a cat\na dog", Global = Enum.Parse<MainPrompt>(global) }, main);
        Assert.Equal(expected.Split('|'), networks.Encoded);
    }

    private static async Task<(RegionalPromptsHook Hook, FakeNetworks Networks)> StartedAsync(
        RegionalPromptsOptions options, string prompt = "in the snow")
    {
        var networks = new FakeNetworks();
        var hook = new RegionalPromptsHook(options, new FakeRun(options, prompt));
        await hook.StartAsync(new FakeStartContext(networks));
        return (hook, networks);
    }
}
