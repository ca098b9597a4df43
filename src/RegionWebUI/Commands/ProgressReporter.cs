using System.Globalization;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Hooks;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Imaging;

namespace RegionWebUI.Commands;

/// <summary>Tells how a run goes: on a terminal in one line that is rewritten, elsewhere in a line per phase and tenth of the steps.</summary>
internal sealed class ProgressReporter(ProgramParts parts) : IGenerationObserver
{
    private StepRate _rate = new(parts.Time);
    private int _lineLength;
    private int _tenths;
    private GenerationPhase? _phase;

    public bool WantsPreviews => false;

    public void OnPhase(GenerationPhase phase)
    {
        if (_phase == phase)
        {
            return;
        }

        _phase = phase;
        Show(phase switch
        {
            GenerationPhase.Loading => "Loading the model",
            GenerationPhase.Encoding => "Reading the prompt",
            GenerationPhase.Sampling => "Sampling",
            _ => "Decoding",
        });
    }

    public void OnStep(int step, int steps)
    {
        _rate.Add(step);
        var tenths = (int)(10L * step / steps);
        if (parts.ErrorIsTerminal || tenths > _tenths || step == steps)
        {
            _tenths = tenths;
            Show(string.Create(CultureInfo.InvariantCulture, $"Step {step}/{steps}{Speed(steps - step)}"));
        }
    }

    public void OnPreview(Image picture, int step)
    {
    }

    public void OnHook(HookNews news)
    {
        if (news.Text.Length > 0)
        {
            Show($"{news.Extension} ({HookNames.Of(news.Kind)}): {OneLine.Of(news.Text)}");
        }
    }

    public void OnHookFailed(HookFailure failure)
    {
        Clear();
        parts.Error.WriteLine($"{OneLine.Of(failure.Sentence)}; the run starts once more without it.");
        if (parts.IsTraced)
        {
            parts.Error.WriteLine(failure.Details);
        }

        // The run starts once more: its phases and steps are told again.
        (_phase, _tenths, _rate) = (null, 0, new StepRate(parts.Time));
    }

    /// <summary>Removes the line of a terminal; what comes next starts at its left edge.</summary>
    public void Clear()
    {
        if (_lineLength > 0)
        {
            parts.Error.Write("\r" + new string(' ', _lineLength) + "\r");
            _lineLength = 0;
        }
    }

    private string Speed(int left) => _rate.For(left) is { } remaining
        ? string.Create(CultureInfo.InvariantCulture, $", {_rate.StepsPerSecond:0.0} it/s, {Math.Ceiling(remaining.TotalSeconds)} s left")
        : "";

    private void Show(string text)
    {
        if (!parts.ErrorIsTerminal)
        {
            parts.Error.WriteLine(text);
            return;
        }

        parts.Error.Write("\r" + text.PadRight(_lineLength));
        _lineLength = text.Length;
    }
}
