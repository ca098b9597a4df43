using RegionWebUI.Diffusion;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Imaging;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Host.Tests.Jobs;

public sealed class JobQueueEndTests
{
    public static TheoryData<string> Moments => ["open", "loading", "encoding", "sampling", "step 1", "step 3", "decoding"];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Interrupt_AtAnyMoment_NothingIsKeptAndTheNextJobEqualsAFreshRun(string moment)
    {
        await using var host = new TestHost();
        var held = host.Script.HoldAt(moment);
        var id = host.Queue.Submit(TestHost.Request(1)).Id;
        await held.Reached;
        Assert.True(host.Queue.Interrupt(id));
        Assert.True(host.Queue.Interrupt(id) || host.Queue.Find(id)!.IsFinal);
        var ended = await host.EndOf(id);
        held.Release();

        Assert.Equal(JobState.Interrupted, ended.State);
        Assert.Null(ended.Error);
        Assert.Empty(ended.Pictures);
        Assert.Empty(host.Gallery.Entries);
        Assert.False(host.Queue.Interrupt(id));

        var next = await host.RunAsync(TestHost.Request(2));
        await using var fresh = new TestHost();
        var same = await fresh.RunAsync(TestHost.Request(2));
        Assert.Equal(File.ReadAllBytes(fresh.Gallery.FindFile(same.Pictures[0])!), File.ReadAllBytes(host.Gallery.FindFile(next.Pictures[0])!));
        Assert.Single(host.Factory.Loads);
    }

    [Fact]
    public async Task Finish_OfJobsThatStartedFromPictures_OnlyTheNewestKeepsThem()
    {
        await using var host = new TestHost();
        var start = TestHost.Request() with { Init = new Image(1, 1, new byte[3]), Mask = Mask.Full(1, 1), Strength = 0.3 };
        var older = await host.RunAsync(start);
        Assert.Same(start, older.Request);
        var newer = await host.RunAsync(start);

        Assert.Equal(start with { Init = null, Mask = null }, host.Queue.Find(older.Id)!.Request);
        Assert.Same(start, host.Queue.Find(newer.Id)!.Request);
        Assert.Equal(0.3, host.Queue.Find(older.Id)!.Request.Strength);
    }

    [Fact]
    public async Task Submit_MorePicturesThanMayWait_IsRefusedUntilOneIsDone()
    {
        await using var host = new TestHost();
        host.Queue.MaxPictureBytes = 10;
        var held = host.Script.HoldAt("step 1");
        var running = host.Queue.Submit(TestHost.Request());
        await held.Reached;
        GenerationRequest From(int pixels) => TestHost.Request() with { Init = new Image(pixels, 1, new byte[pixels * 3]) };
        var large = From(9);
        var waiting = host.Queue.Submit(large);

        host.Queue.Submit(TestHost.Request());
        Assert.Contains("at most 0 MiB", Assert.Throws<QueueFullException>(() => host.Queue.Submit(From(1))).Message, StringComparison.Ordinal);
        Assert.True(host.Queue.Interrupt(waiting.Id));
        host.Queue.Submit(From(2));
        var shared = From(1);
        host.Queue.Submit(shared);
        host.Queue.Submit(shared with { Seed = 2 });
        Assert.Throws<QueueFullException>(() => host.Queue.Submit(shared with { Mask = Mask.Full(1, 1) }));

        held.Release();
        await host.EndOf(running.Id);
    }

    [Fact]
    public async Task Interrupt_QueuedJob_IsDroppedAndNeverRuns()
    {
        await using var host = new TestHost();
        var held = host.Script.HoldAt("step 1");
        host.Queue.Submit(TestHost.Request(1));
        var second = host.Queue.Submit(TestHost.Request(2)).Id;
        var third = host.Queue.Submit(TestHost.Request(3)).Id;
        await held.Reached;
        Assert.True(host.Queue.Interrupt(second));
        Assert.Equal(JobState.Interrupted, (await host.EndOf(second)).State);
        held.Release();
        await host.EndOf(third);
        Assert.Equal([1, 3], host.Factory.Engines.Single().Requests.Select(r => r.Seed));
    }

    [Fact]
    public async Task Interrupt_WhilePicturesAreKept_ComesTooLate()
    {
        await using var host = new TestHost();
        Guid id = default;
        bool? interrupted = null;
        host.Gallery.Added += _ => interrupted ??= host.Queue.Interrupt(id);
        var held = host.Script.HoldAt("step 1");
        id = host.Queue.Submit(TestHost.Request() with { BatchSize = 2 }).Id;
        await held.Reached;
        held.Release();
        var done = await host.EndOf(id);
        Assert.False(interrupted);
        Assert.Equal(JobState.Done, done.State);
        Assert.Equal(2, done.Pictures.Count);
    }

    public static TheoryData<Exception, string, string?> Errors => new()
    {
        { new BadInputException("Width", "Width must be 8."), "Width must be 8.", "Width" },
        { new ModelException("The file x is damaged."), "The file x is damaged.", null },
        { new DeviceException("The device is gone."), "The device is gone.", null },
        { new InsufficientMemoryException(), "Memory ran out; try a smaller size or batch.", null },
        { new IOException("No space left on device."), "A file could not be written or read: No space left on device.", null },
        { new InvalidOperationException("odd\n  thing"), "The run ended with an unexpected error: odd   thing.", null },
        { new OperationCanceledException(), "The run stopped by itself before its end.", null },
    };

    [Theory]
    [MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public async Task Run_EngineFails_JobSaysWhyAndTheNextRuns(Exception error, string sentence, string? field)
    {
        await using var host = new TestHost();
        host.Script.FailAt("step 2", error);
        var failed = await host.RunAsync(TestHost.Request(1));
        var next = await host.RunAsync(TestHost.Request(2));

        Assert.Equal(JobState.Failed, failed.State);
        Assert.Equal(sentence, failed.Error);
        Assert.Equal(field, failed.ErrorField);
        Assert.Equal(JobState.Done, next.State);
    }

    [Fact]
    public async Task Run_LoadFails_JobSaysWhyAndTheNextLoadsAnew()
    {
        await using var host = new TestHost();
        host.Script.FailAt(EngineScript.Open, new ModelException("The weights are damaged."));
        var failed = await host.RunAsync(TestHost.Request(1));
        Assert.Equal("The weights are damaged.", failed.Error);
        Assert.Equal(JobState.Done, (await host.RunAsync(TestHost.Request(2))).State);
        Assert.Equal(2, host.Factory.Loads.Count);
    }

    [Fact]
    public async Task Run_UnexpectedError_IsWarnedOfInFull()
    {
        await using var host = new TestHost();
        host.Script.FailAt("step 2", new InvalidOperationException("odd thing"));
        await host.RunAsync(TestHost.Request());
        Assert.Contains(host.Warnings, w => w.Contains("ScriptedEngine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_RunningAndQueued_AllEndInterrupted()
    {
        await using var host = new TestHost();
        var held = host.Script.HoldAt("step 1");
        var jobs = new[] { host.Queue.Submit(TestHost.Request(1)).Id, host.Queue.Submit(TestHost.Request(2)).Id };
        await held.Reached;
        await host.Queue.DisposeAsync();
        Assert.All(jobs, id => Assert.Equal(JobState.Interrupted, host.Queue.Find(id)!.State));
        Assert.Throws<ObjectDisposedException>(() => host.Queue.Submit(TestHost.Request()));
    }

    [Fact]
    public async Task Dispose_EngineHangs_EndsInBoundedTime()
    {
        await using var host = new TestHost();
        using var stuck = new ManualResetEventSlim();
        var reached = new TaskCompletionSource();
        host.Queue.Changed += s =>
        {
            if (s.Step == 1)
            {
                reached.SetResult();
                stuck.Wait();
            }
        };
        host.Queue.Submit(TestHost.Request(steps: 1));
        await reached.Task;
        var disposal = host.Queue.DisposeAsync().AsTask();
        host.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(disposal.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await disposal;
        Assert.Contains(host.Warnings, w => w.Contains("left behind", StringComparison.Ordinal));
        stuck.Set();
    }
}
