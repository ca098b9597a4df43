using System.Reflection;
using System.Text.RegularExpressions;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Host.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Host.Tests.Settings;

public sealed partial class FailpointTests
{
    [Fact]
    public void Names_List_HoldsEveryConstant()
    {
        var constants = typeof(FailpointNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.NotEmpty(constants);
        Assert.Equal(constants.Order(), FailpointNames.All.Order());
        Assert.Equal(constants.Count, constants.Distinct().Count());
    }

    [Fact]
    public void Names_SourceScan_EveryOneIsUsedAndNoHitIsUnnamed()
    {
        var source = string.Concat(
            Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .Where(f => Path.GetFileName(f) != "FailpointNames.cs")
                .Select(File.ReadAllText));
        var unused = typeof(FailpointNames).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => !source.Contains("FailpointNames." + f.Name, StringComparison.Ordinal));
        Assert.Empty(unused.Select(f => f.Name));
        Assert.Empty(LiteralHit().Matches(source).Select(m => m.Value));
    }

    [Fact]
    public async Task Names_OneJob_ReachesEveryOne()
    {
        var reached = new HashSet<string>();
        using var watch = Failpoint.Watch(name =>
        {
            lock (reached)
            {
                reached.Add(name);
            }
        });
        await using var host = new TestHost();
        host.Script.PreviewSteps.Add(1);
        await host.RunAsync(TestHost.Request());
        Assert.Equal(FailpointNames.All.Order(), reached.Order());
    }

    public static TheoryData<string> EachButAccepted => [.. FailpointNames.All.Where(n => n != FailpointNames.QueueAccepted)];

    [Theory]
    [MemberData(nameof(EachButAccepted))]
    public async Task Throw_AnywhereInAJob_FailsThatJobCleanlyAndTheNextRuns(string name)
    {
        using var watch = Failpoint.Watch(FailpointPlan.Parse(name + "=throw").Hit);
        await using var host = new TestHost();
        host.Script.PreviewSteps.Add(1);
        var failed = await host.RunAsync(TestHost.Request(seed: 1));
        var next = await host.RunAsync(TestHost.Request(seed: 2));

        Assert.Equal(JobState.Failed, failed.State);
        Assert.NotNull(failed.Error);
        Assert.Equal(JobState.Done, next.State);
        Assert.DoesNotContain(host.Files, f => f.Contains(".tmp-", StringComparison.Ordinal));
        Assert.All(failed.Pictures.Concat(next.Pictures), id => Assert.True(File.Exists(host.Gallery.FindFile(id))));
        Assert.Equal(host.Files.Count(f => f.EndsWith(".png", StringComparison.Ordinal)), host.Reopen().Entries.Count);
    }

    [Fact]
    public async Task Throw_BeforeAcceptance_NothingIsQueued()
    {
        using var watch = Failpoint.Watch(FailpointPlan.Parse("queue.accepted=throw").Hit);
        await using var host = new TestHost();
        Assert.Throws<IOException>(() => host.Queue.Submit(TestHost.Request()));
        Assert.Empty(host.Queue.Jobs);
    }

    [Fact]
    public void Plan_NthHit_ActsOnce()
    {
        var plan = FailpointPlan.Parse("job.running:2=throw");
        plan.Hit("job.running");
        plan.Hit("job.decoded");
        Assert.Throws<IOException>(() => plan.Hit("job.running"));
        plan.Hit("job.running");
    }

    [Theory]
    [InlineData("")]
    [InlineData("job.running")]
    [InlineData("job.running=explode")]
    [InlineData("job.jumping=throw")]
    [InlineData("job.running:0=throw")]
    [InlineData("job.running:-1=throw")]
    [InlineData("job.running:x=throw")]
    [InlineData("job.running:=throw")]
    public void Plan_BadText_IsRefusedWithTheNames(string text)
    {
        var refused = Assert.Throws<FormatException>(() => FailpointPlan.Parse(text));
        Assert.Contains("picture.beforeRename", refused.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("Failpoint\\.Hit\\(\\s*\\$?\"[^)]*")]
    private static partial Regex LiteralHit();
}
