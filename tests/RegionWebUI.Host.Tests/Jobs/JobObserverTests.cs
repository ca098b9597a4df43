using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;

namespace RegionWebUI.Host.Tests.Jobs;

public class JobObserverTests
{
    [Theory]
    [InlineData("1.2.3", 4, "The extension 'demo' 1.2.3 failed (guide, step 5: Exception: no); the job starts once more without it.")]
    [InlineData("", -1, "The extension 'demo' failed (guide: Exception: no); the job starts once more without it.")]
    public void OnHookFailed_EveryTime_WarnsWithAllThatIsKnown(string version, int step, string sentence)
    {
        var warnings = new List<string>();
        var observer = new JobObserver(_ => { }, _ => { }, warnings.Add, new PngPictureCodec(), TimeProvider.System);
        observer.OnHookFailed(new HookFailure("demo", version, HookKind.Guide, step, "Exception: no.", "at Demo.Hook"));
        Assert.Equal([$"{sentence}{Environment.NewLine}at Demo.Hook"], warnings);
    }
}
