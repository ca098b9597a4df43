using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests;

public class SessionCacheTests
{
    [Fact]
    public void Use_SameKeyTwice_LoadsOnce()
    {
        using var cache = new SessionCache(100);
        var loads = 0;
        for (var i = 0; i < 2; i++)
        {
            cache.Use(Key(1), () => New(ref loads), _ => { });
        }

        Assert.Equal(1, loads);
    }

    [Fact]
    public void Use_OverBudget_DropsTheLeastRecentlyUsed()
    {
        using var cache = new SessionCache(100);
        FakeSession a = new(40), b = new(40), c = new(40);
        cache.Use(Key(1), () => a, _ => { });
        cache.Use(Key(2), () => b, _ => { });
        cache.Use(Key(1), () => a, _ => { });

        cache.Use(Key(3), () => c, _ => { });

        Assert.False(a.Disposed);
        Assert.True(b.Disposed);
        Assert.Equal(80, cache.Bytes);
    }

    [Fact]
    public void Use_SessionInUse_IsNotDroppedByAnother()
    {
        using var cache = new SessionCache(10);
        FakeSession a = new(40), b = new(40);

        cache.Use(Key(1), () => a, _ =>
        {
            cache.Use(Key(2), () => b, _ => { });
            Assert.False(a.Disposed);
        });
    }

    [Fact]
    public void Use_LargerThanTheBudget_StillRuns()
    {
        using var cache = new SessionCache(10);
        FakeSession a = new(40);

        cache.Use(Key(1), () => a, session => Assert.Equal(40, session.WeightBytes));

        Assert.False(a.Disposed);
    }

    [Fact]
    public void Dispose_EverySession_IsDisposed()
    {
        var a = new FakeSession(1);
        var cache = new SessionCache(10);
        cache.Use(Key(1), () => a, _ => { });

        cache.Dispose();

        Assert.True(a.Disposed);
    }

    [Fact]
    public void Dispose_SessionInUse_IsDroppedWhenItsUserIsDone()
    {
        var a = new FakeSession(1);
        var cache = new SessionCache(10);

        cache.Use(Key(1), () => a, _ =>
        {
            cache.Dispose();
            Assert.False(a.Disposed);
        });

        Assert.True(a.Disposed);
        Assert.Throws<ObjectDisposedException>(() => cache.Use(Key(1), () => a, _ => { }));
    }

    [Fact]
    public void Use_LoadFails_IsTriedAgainNextTime()
    {
        using var cache = new SessionCache(10);
        var a = new FakeSession(1);
        Assert.Throws<WeightException>(() => cache.Use(Key(1), () => throw new WeightException("gone"), _ => { }));

        cache.Use(Key(1), () => a, session => Assert.Same(a, session));
    }

    private static SessionKey Key(int batch) => new("unet", batch, 8, 8, 1);

    private static FakeSession New(ref int loads)
    {
        loads++;
        return new FakeSession(1);
    }

    private sealed class FakeSession(long bytes) : IGraphSession
    {
        public bool Disposed { get; private set; }

        public long WeightBytes => bytes;

        public void Run(
            IReadOnlyDictionary<string, HostTensor> inputs, IReadOnlyDictionary<string, HostTensor> outputs, CancellationToken cancellationToken)
        {
        }

        public void Dispose() => Disposed = true;
    }
}
