using Microsoft.Extensions.Time.Testing;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Imaging;

namespace RegionWebUI.Diffusion.Tests.Generation;

public class PreviewTakerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<int> _delivered = [];

    [Fact]
    public async Task AfterStep_FastSteps_TakesAtMostTwoASecond()
    {
        var previews = Taker(_ => { });

        for (var step = 1; step <= 40; step++)
        {
            await StepAsync(previews, step);
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal([1, 11, 21, 31], _delivered);
    }

    [Fact]
    public async Task AfterStep_DecoderStillBusy_NeitherWaitsNorStartsAnother()
    {
        using var busy = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var started = 0;
        var previews = Taker(_ =>
        {
            Interlocked.Increment(ref started);
            entered.Set();
            busy.Wait(TestContext.Current.CancellationToken);
        });

        for (var step = 1; step <= 5; step++)
        {
            previews.AfterStep(() => [step], step, (_, s) => _delivered.Add(s));
            entered.Wait(TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        busy.Set();
        await previews.DisposeAsync();
        Assert.Equal(1, started);
        Assert.Empty(_delivered);
    }

    [Fact]
    public async Task AfterStep_DecoderThrew_TakesNoMorePreviewsAndTheRunGoesOn()
    {
        var started = 0;
        var previews = Taker(_ =>
        {
            started++;
            throw new InvalidOperationException("no memory");
        });

        for (var step = 1; step <= 3; step++)
        {
            await StepAsync(previews, step);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await previews.DisposeAsync();
        Assert.Equal(1, started);
        Assert.Empty(_delivered);
    }

    [Fact]
    public async Task DisposeAsync_DecodeUnderWay_IsCancelled()
    {
        using var entered = new ManualResetEventSlim();
        var previews = new PreviewTaker(
            (_, stop) =>
            {
                entered.Set();
                stop.WaitHandle.WaitOne();
                throw new OperationCanceledException(stop);
            },
            _clock,
            CancellationToken.None);
        previews.AfterStep(() => [1], 1, (_, s) => _delivered.Add(s));
        entered.Wait(TestContext.Current.CancellationToken);

        await previews.DisposeAsync();

        Assert.Empty(_delivered);
    }

    private PreviewTaker Taker(Action<double[]> decode) => new(
        (x0, _) =>
        {
            decode(x0);
            return new Image(1, 1, new byte[3]);
        },
        _clock,
        CancellationToken.None);

    /// <summary>One step after which a decode that was begun has ended.</summary>
    private async Task StepAsync(PreviewTaker previews, int step)
    {
        previews.AfterStep(() => [step], step, (_, s) => _delivered.Add(s));
        await previews.Idle;
    }
}
