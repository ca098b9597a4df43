using RegionWebUI.Diffusion.Checkpoints;

namespace RegionWebUI.Diffusion.Text.PromptTree;

/// <summary>What a switch step is measured against.</summary>
/// <param name="Steps">Steps of the first pass, at least 1; second-order samplers schedule over twice their steps.</param>
/// <param name="HiresSteps">Steps of the second pass when the schedule is for it, else null.</param>
/// <param name="IsOld">The rule of A1111 before 1.6.0: any number below 1 is a share, and both passes count alike.</param>
internal sealed record ScheduleSettings(int Steps, int? HiresSteps = null, bool IsOld = false)
{
    /// <summary>Steps of the pass the schedule is for.</summary>
    public int PassSteps => IsHires ? HiresSteps.GetValueOrDefault() : Steps;

    private bool IsHires => HiresSteps is not null && !IsOld;

    /// <summary>The last step before the switch, at most <see cref="PassSteps"/>; below 1 the text is switched from the start.</summary>
    /// <exception cref="PromptException">The number is too large to be one.</exception>
    public int SwitchStep(NumberNode when)
    {
        var value = when.Value;
        if (IsOld)
        {
            value = value < 1 ? value * PassSteps : value;
        }
        else
        {
            // A whole number counts from the start of the first pass; 1.0 is the end of the first pass.
            value = when.Text.Contains('.') ? (value - (IsHires ? 1.0 : 0)) * PassSteps : value - (IsHires ? Steps : 0);
        }

        return double.IsFinite(value)
            ? (int)Math.Min(PassSteps, Math.Max(Math.Truncate(value), int.MinValue))
            : throw new PromptException(
                $"The switch step {UntrustedText.Quote(when.Text)} is too large; write a step or a share of the steps such as 0.5.", when.Span);
    }
}
