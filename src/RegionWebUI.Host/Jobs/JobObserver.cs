using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Settings;
using RegionWebUI.Imaging;

namespace RegionWebUI.Host.Jobs;

/// <summary>Turns what a run tells into snapshots of its job.</summary>
/// <param name="change">Makes and publishes the next snapshot.</param>
/// <param name="keepPreview">Keeps the bytes of the newest preview.</param>
/// <param name="codec">Encodes previews, once each.</param>
/// <param name="time">Measures the rate.</param>
/// <param name="warn">Told all that is known about extensions that threw.</param>
internal sealed class JobObserver(
    Action<Func<JobSnapshot, JobSnapshot>> change, Action<byte[]> keepPreview, IPictureCodec codec, TimeProvider time, Action<string> warn)
    : IGenerationObserver
{
    private StepRate _rate = new(time);

    public bool WantsPreviews => true;

    public void OnPhase(GenerationPhase phase) => change(s => s with { Phase = phase });

    public void OnStep(int step, int steps)
    {
        _rate.Add(step);
        change(s => s with { Step = step, Steps = steps, StepsPerSecond = _rate.StepsPerSecond, Remaining = _rate.For(steps - step) });
    }

    public void OnHook(HookNews news) => change(s => s with { HookNews = news.Text.Length > 0 ? news : null });

    public void OnHookFailed(HookFailure failure)
    {
        _rate = new StepRate(time);
        change(s => s with { Step = 0, StepsPerSecond = 0, Remaining = null, HookNews = null, HookFailures = [.. s.HookFailures, failure] });
        warn($"A job goes on without the extension '{failure.Extension}' {failure.Version}, which threw at {failure.Kind}: {failure.Details}");
    }

    public void OnPreview(Image picture, int step)
    {
        keepPreview(codec.Encode(picture, null));
        change(s => s with { Preview = s.Preview + 1 });
        Failpoint.Hit(FailpointNames.JobPreview);
    }
}
