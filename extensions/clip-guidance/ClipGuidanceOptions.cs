using RegionWebUI.Sdk;

namespace ClipGuidance;

/// <summary>What the guidance is asked for.</summary>
internal sealed class ClipGuidanceOptions
{
    [RunParameter("More like", Maximum = 500, Help = "A text that the picture is drawn towards; empty does nothing.")]
    public string Text { get; set; } = "";

    [RunParameter("Strength", Minimum = 0, Maximum = 5000, Step = 100, Help = "How hard it is drawn; 0 does nothing.")]
    public double Strength { get; set; } = 1000;

    [RunParameter("From", Minimum = 0, Maximum = 1, Step = 0.05, Help = "Share of the steps after which it begins: early ones move shapes.")]
    public double From { get; set; } = 0.4;

    [RunParameter("Until", Minimum = 0, Maximum = 1, Step = 0.05, Help = "Share of the steps after which it ends.")]
    public double Until { get; set; } = 1;

    [RunParameter("Every", Minimum = 1, Maximum = 20, Help = "Guides every so many-th step; 2 takes half the time.")]
    public int Every { get; set; } = 1;

    [RunParameter("Cutouts", Minimum = 1, Maximum = 32, Help = "Squares of at least 0.8 of a side, drawn in each step, that CLIP looks at.")]
    public int Cutouts { get; set; } = 4;

    [RunParameter("Trust", Minimum = 0, Maximum = 1, Step = 0.01, Help = "Largest share of the picture that a step may change; 0 sets no bound.")]
    public double Trust { get; set; } = 0.2;

    [RunParameter("Through the UNet", Help = "Exact gradients, which take a pass back through the UNet in each step.")]
    public bool ThroughUnet { get; set; }

    public bool IsOn => Strength > 0 && Text.Trim().Length > 0;

    public bool IsOnAt(StepInfo step) =>
        (double)step.Index / step.Count is var share && share >= From && share < Until && step.Index % Every == 0;
}
