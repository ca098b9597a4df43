using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Imaging.Codecs;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Host.Tests.Jobs;

public sealed class JobQueueTests
{
    [Fact]
    public async Task Submit_OneJob_EndsDoneWithItsPicturesInTheGallery()
    {
        await using var host = new TestHost();
        var request = TestHost.Request(seed: 7) with { BatchSize = 3 };
        var done = await host.RunAsync(request);

        Assert.Equal(JobState.Done, done.State);
        Assert.Equal("cpu (scripted)", done.Device);
        Assert.Equal(4, done.Step);
        var expected = ScriptedEngine.PicturesOf(request);
        Assert.Equal(3, done.Pictures.Count);
        foreach (var (id, picture) in done.Pictures.Zip(expected))
        {
            var file = PngFile.Decode(File.ReadAllBytes(host.Gallery.FindFile(id)!));
            Assert.Equal(picture.Picture.Rgb.ToArray(), file.Image.Rgb.ToArray());
            Assert.Equal(picture.Infotext, file.Infotext);
        }
    }

    [Fact]
    public async Task Submit_Several_RunInOrderOneAtATime()
    {
        await using var host = new TestHost();
        var held = host.Script.HoldAt("step 1");
        var jobs = Enumerable.Range(1, 5).Select(seed => host.Queue.Submit(TestHost.Request(seed))).ToList();
        await held.Reached;
        Assert.Equal(jobs.Select(j => j.Id), host.Queue.Jobs.Select(j => j.Id));
        Assert.Equal(jobs[0].Id, host.Queue.Current!.Id);
        Assert.Equal([JobState.Running, JobState.Queued, JobState.Queued, JobState.Queued, JobState.Queued], host.Queue.Jobs.Select(j => j.State));

        held.Release();
        await host.EndOf(jobs[4].Id);
        Assert.Equal([1, 2, 3, 4, 5], host.Factory.Engines.Single().Requests.Select(r => r.Seed));
        Assert.Equal(jobs.Select(j => j.Id).Reverse(), host.Queue.Jobs.Select(j => j.Id));
        Assert.Null(host.Queue.Current);
    }

    [Fact]
    public async Task Submit_WhileAnEarlierJobIsBeingAnnounced_RunOrderIsTheShownOrder()
    {
        await using var host = new TestHost();
        using var announced = new ManualResetEventSlim();
        var announcing = new TaskCompletionSource();
        host.Queue.Changed += s =>
        {
            if (s is { State: JobState.Queued, Request.Seed: 1 })
            {
                announcing.SetResult();
                announced.Wait();
            }
        };
        var first = Task.Run(() => host.Queue.Submit(TestHost.Request(1)));
        await announcing.Task;
        var second = host.Queue.Submit(TestHost.Request(2));
        var jobs = host.Queue.Jobs;
        var shown = jobs.Select(j => j.Request.Seed).ToList();
        announced.Set();
        await host.EndOf((await first).Id);
        await host.EndOf(second.Id);

        Assert.Equal([1, 2], shown);
        Assert.All(jobs, j => Assert.Equal(JobState.Queued, j.State));
        Assert.Equal(shown, host.Factory.Engines.Single().Requests.Select(r => r.Seed));
        Assert.Equal([1, 2], host.Events.Where(e => e.State == JobState.Running).Select(e => e.Request.Seed).Distinct());
    }

    [Fact]
    public async Task Changed_OneJob_VersionsGrowAndPhasesComeInOrder()
    {
        await using var host = new TestHost();
        host.Script.PreviewSteps.Add(2);
        var done = await host.RunAsync(TestHost.Request());

        var events = host.Events;
        Assert.Equal(events.Select((_, i) => i + 1L), events.Select(e => e.Version));
        Assert.Equal([JobState.Queued, JobState.Running, JobState.Done], events.Select(e => e.State).Distinct());
        Assert.Equal(Enum.GetValues<GenerationPhase>(), events.Where(e => e.State == JobState.Running).Select(e => e.Phase).Distinct());
        Assert.Equal([0, 1, 2, 3, 4], events.Select(e => e.Step).Distinct());
        Assert.Equal([0, 1], events.Select(e => e.Preview).Distinct());
        Assert.Equal(done, events[^1]);
    }

    [Fact]
    public async Task Changed_ListenerThrows_JobAndOtherListenersGoOn()
    {
        await using var host = new TestHost();
        host.Queue.Changed += _ => throw new InvalidOperationException("bad listener");
        var heard = 0;
        host.Queue.Changed += _ => heard++;
        var done = await host.RunAsync(TestHost.Request());
        Assert.Equal(JobState.Done, done.State);
        Assert.Equal(done.Version, heard);
        Assert.Contains(host.Warnings, w => w.Contains("bad listener", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preview_DuringARun_IsTheNewestAsPng()
    {
        await using var host = new TestHost();
        host.Script.PreviewSteps.UnionWith([1, 2]);
        var before = host.Script.HoldAt("step 1");
        var first = host.Script.HoldAt("step 2");
        var second = host.Script.HoldAt("step 3");
        var id = host.Queue.Submit(TestHost.Request()).Id;

        await before.Reached;
        Assert.Null(host.Queue.Preview(id));
        before.Release();
        await first.Reached;
        var one = host.Queue.Preview(id)!.Value.ToArray();
        Assert.Equal(1, host.Queue.Find(id)!.Preview);
        first.Release();
        await second.Reached;
        var two = host.Queue.Preview(id)!.Value.ToArray();
        Assert.Equal(2, host.Queue.Find(id)!.Preview);
        second.Release();

        Assert.Equal(64, PngFile.Decode(one).Image.Width);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public async Task Preview_OfAnOlderFinishedJob_IsFreed()
    {
        await using var host = new TestHost();
        host.Script.PreviewSteps.Add(1);
        var first = await host.RunAsync(TestHost.Request(1));
        Assert.NotNull(host.Queue.Preview(first.Id));
        await host.RunAsync(TestHost.Request(2));
        Assert.Null(host.Queue.Preview(first.Id));
    }

    [Fact]
    public async Task StepsPerSecond_SteadySteps_GiveRateAndRemainingTime()
    {
        await using var host = new TestHost();
        var holds = Enumerable.Range(1, 4).Select(step => host.Script.HoldAt(EngineScript.Moment(step))).ToList();
        var id = host.Queue.Submit(TestHost.Request()).Id;
        for (var done = 0; done < 4; done++)
        {
            await holds[done].Reached;
            var now = host.Queue.Find(id)!;
            Assert.Equal(done < 2 ? 0 : 2, now.StepsPerSecond, 6);
            Assert.Equal(done < 2 ? null : TimeSpan.FromSeconds((4 - done) / 2.0), now.Remaining);
            host.Time.Advance(TimeSpan.FromSeconds(0.5));
            holds[done].Release();
        }

        var end = await host.EndOf(id);
        Assert.Null(end.Remaining);
        Assert.Equal(2, end.Seconds, 6);
    }

    [Fact]
    public async Task Submit_BeyondCapacity_IsRefusedAndTheQueueStands()
    {
        await using var host = new TestHost();
        var held = host.Script.HoldAt("step 1");
        host.Queue.Submit(TestHost.Request());
        await held.Reached;
        for (var n = 0; n < JobQueue.Capacity; n++)
        {
            host.Queue.Submit(TestHost.Request());
        }

        var refused = Assert.Throws<QueueFullException>(() => host.Queue.Submit(TestHost.Request()));
        Assert.Contains("1000", refused.Message, StringComparison.Ordinal);
        Assert.Equal(JobQueue.Capacity + 1, host.Queue.Jobs.Count);
        Assert.True(host.Queue.Interrupt(host.Queue.Jobs[1].Id));
        host.Queue.Submit(TestHost.Request());
    }

    [Fact]
    public async Task Submit_BadValue_IsRefusedAndNothingIsQueued()
    {
        await using var host = new TestHost();
        var refused = Assert.Throws<BadInputException>(() => host.Queue.Submit(TestHost.Request() with { Steps = 0 }));
        Assert.Equal("Steps", refused.Field);
        Assert.Empty(host.Queue.Jobs);
        Assert.Empty(host.Events);
    }

    [Fact]
    public async Task Jobs_ManyFinished_KeepsTheLatestHundred()
    {
        await using var host = new TestHost();
        var ids = new List<Guid>();
        for (var n = 0; n < 103; n++)
        {
            ids.Add((await host.RunAsync(TestHost.Request(n, steps: 1))).Id);
        }

        Assert.Equal(ids.Skip(3).Reverse(), host.Queue.Jobs.Select(j => j.Id));
        Assert.Null(host.Queue.Find(ids[2]));
        Assert.NotNull(host.Queue.Find(ids[3]));
        Assert.Equal(103, host.Gallery.Entries.Count);
    }

    [Fact]
    public async Task WaitAsync_UnknownJob_Throws()
    {
        await using var host = new TestHost();
        Assert.Throws<KeyNotFoundException>(() => { _ = host.Queue.WaitAsync(Guid.NewGuid(), TestContext.Current.CancellationToken); });
        Assert.Null(host.Queue.Find(Guid.NewGuid()));
        Assert.Null(host.Queue.Preview(Guid.NewGuid()));
        Assert.False(host.Queue.Interrupt(Guid.NewGuid()));
    }

    [Fact]
    public async Task WaitAsync_Cancelled_LeavesTheJobAlone()
    {
        await using var host = new TestHost();
        var held = host.Script.HoldAt("step 1");
        var id = host.Queue.Submit(TestHost.Request()).Id;
        using var giveUp = new CancellationTokenSource();
        var wait = host.Queue.WaitAsync(id, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        held.Release();
        Assert.Equal(JobState.Done, (await host.EndOf(id)).State);
    }

    [Fact]
    public async Task Submit_FromManyThreads_EachRunsOnce()
    {
        await using var host = new TestHost();
        var submitted = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => host.Queue.Submit(TestHost.Request(n, steps: 1)))));
        foreach (var job in submitted)
        {
            Assert.Equal(JobState.Done, (await host.EndOf(job.Id)).State);
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(n => (long)n), host.Factory.Engines.Single().Requests.Select(r => r.Seed).Order());
    }

    [Fact]
    public async Task Added_RaisedForEachPicture()
    {
        await using var host = new TestHost();
        var added = new List<GalleryEntry>();
        host.Gallery.Added += added.Add;
        var done = await host.RunAsync(TestHost.Request() with { BatchSize = 2 });
        Assert.Equal(done.Pictures, added.Select(e => e.Id));
    }
}
