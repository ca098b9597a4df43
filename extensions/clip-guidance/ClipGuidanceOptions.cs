using RegionWebUI.Sdk;

namespace ClipGuidance;

/// <summary>What the guidance is asked for.</summary>
internal sealed class ClipGuidanceOptions
{
    [RunParameter("More like", Maximum = 500, Help = "A text that the picture is drawn towards; empty does nothing.")]
    public string Text { get; set; } = "";

    [RunParameter("Strength", Minimum = 0, Maximum = 2000, Step = 10, Help = "How hard it is drawn; 0 does nothing.")]
    public double Strength { get; set; } = 150;

    [RunParameter("From", Minimum = 0, Maximum = 1, Step = 0.05, Help = "Share of the steps after which it begins.")]
    public double From { get; set; }

    [RunParameter("Until", Minimum = 0, Maximum = 1, Step = 0.05, Help = "Share of the steps after which it ends.")]
    public double Until { get; set; } = 0.9;

    [RunParameter("Every", Minimum = 1, Maximum = 20, Help = "Guides every so many-th step; 2 takes half the time.")]
    public int Every { get; set; } = 1;

    [RunParameter("Cutouts", Minimum = 1, Maximum = 32, Help = "Random parts of the picture that CLIP looks at in each step.")]
    public int Cutouts { get; set; } = 4;

    [RunParameter("Trust", Minimum = 0, Maximum = 1, Step = 0.01, Help = "Largest share of the picture that a step may change; 0 sets no bound.")]
    public double Trust { get; set; } = 0.05;

    [RunParameter("Through the UNet", Help = "Exact gradients, which take a pass back through the UNet in each step.")]
    public bool ThroughUnet { get; set; }

    public bool IsOn => Strength > 0 && Text.Trim().Length > 0;
}
