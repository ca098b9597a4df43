using System.Globalization;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Imaging;

namespace RegionWebUI.Commands;

/// <summary>Tells how a run goes: on a terminal in one line that is rewritten, elsewhere in a line per phase and tenth of the steps.</summary>
internal sealed class ProgressReporter(TextWriter error, bool isTerminal, TimeProvider time) : IGenerationObserver
{
    private readonly StepRate _rate = new(time);
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
        if (isTerminal || tenths > _tenths || step == steps)
        {
            _tenths = tenths;
            Show(string.Create(CultureInfo.InvariantCulture, $"Step {step}/{steps}{Speed(steps - step)}"));
        }
    }

    public void OnPreview(Image picture, int step)
    {
    }

    /// <summary>Removes the line of a terminal; what comes next starts at its left edge.</summary>
    public void Clear()
    {
        if (_lineLength > 0)
        {
            error.Write("\r" + new string(' ', _lineLength) + "\r");
            _lineLength = 0;
        }
    }

    private string Speed(int left) => _rate.For(left) is { } remaining
        ? string.Create(CultureInfo.InvariantCulture, $", {_rate.StepsPerSecond:0.0} it/s, {Math.Ceiling(remaining.TotalSeconds)} s left")
        : "";

    private void Show(string text)
    {
        if (!isTerminal)
        {
            error.WriteLine(text);
            return;
        }

        error.Write("\r" + text.PadRight(_lineLength));
        _lineLength = text.Length;
    }
}
