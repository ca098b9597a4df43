using RegionWebUI.Diffusion;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Models;
using RegionWebUI.Sdk;
using RegionWebUI.TestKit.Fakes;

namespace RegionWebUI.Host.Tests.Models;

public sealed class ModelSessionTests : IAsyncDisposable
{
    private readonly ScriptedEngineFactory _factory = new();
    private readonly ModelSession _session;

    public ModelSessionTests() => _session = new ModelSession(_factory, "models/one", "cpu", TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private Task<IGenerationEngine> EngineAsync() => _session.UseAsync(Task.FromResult, Cancellation);

    [Fact]
    public async Task Use_Twice_LoadsOnce()
    {
        Assert.Null(_session.Loaded);
        Assert.Same(await EngineAsync(), await EngineAsync());
        Assert.Equal([("models/one", "cpu")], _factory.Loads);
        Assert.Equal("one", _session.Loaded!.Name);
        Assert.Equal(64, _session.Loaded.NativeSize);
    }

    [Fact]
    public async Task Use_BadInputOrCancelled_KeepsTheEngine()
    {
        var engine = (ScriptedEngine)await EngineAsync();
        await Assert.ThrowsAsync<BadInputException>(() => _session.UseAsync<int>(_ => throw new BadInputException("Steps", "no"), Cancellation));
        await Assert.ThrowsAsync<OperationCanceledException>(() => _session.UseAsync<int>(_ => throw new OperationCanceledException(), Cancellation));
        Assert.False(engine.IsDisposed);
    }

    [Fact]
    public async Task Use_DeviceFails_NextUseLoadsAnew()
    {
        var engine = (ScriptedEngine)await EngineAsync();
        await Assert.ThrowsAsync<DeviceException>(() => _session.UseAsync<int>(_ => throw new DeviceException("gone"), Cancellation));
        Assert.True(engine.IsDisposed);
        Assert.Null(_session.Loaded);
        Assert.NotSame(engine, await EngineAsync());
    }

    [Fact]
    public async Task Use_CancelledDuringALoad_GivesUpAtOnceAndTheNextUseFindsTheLoad()
    {
        var held = _factory.Script.HoldAt(EngineScript.Open);
        using var giveUp = new CancellationTokenSource();
        var use = _session.UseAsync(Task.FromResult, giveUp.Token);
        await held.Reached;
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => use);
        held.Release();
        await EngineAsync();
        Assert.Single(_factory.Loads);
    }

    [Fact]
    public async Task Use_FromManyThreads_OneAtATime()
    {
        var request = new GenerationRequest { Steps = 3 };
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => _session.UseAsync(engine => engine.GenerateAsync(request, null, Cancellation), Cancellation))));
        Assert.Equal(20, _factory.Engines.Single().Requests.Count);
    }

    [Fact]
    public async Task Dispose_DisposesTheEngineAndRefusesFurtherUse()
    {
        var engine = (ScriptedEngine)await EngineAsync();
        await _session.DisposeAsync();
        Assert.True(engine.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(EngineAsync);
    }

    [Fact]
    public async Task Prepare_LoadsAndTells()
    {
        var loaded = await _session.PrepareAsync(Cancellation);
        Assert.Equal("one", loaded.Name);
        Assert.Same(loaded, _session.Loaded);
    }
}
