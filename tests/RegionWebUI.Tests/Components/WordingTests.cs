using RegionWebUI.Components.TextToImage;
using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Host.Gallery;
using RegionWebUI.Host.Jobs;
using RegionWebUI.Sdk;

namespace RegionWebUI.Tests.Components;

public sealed class WordingTests
{
    [Theory]
    [InlineData(12.34, 61, "Step 5/20 · 12.3 it/s · ETA 1 min 01 s")]
    [InlineData(0.4, 3660, "Step 5/20 · 2.5 s/it · ETA 1 h 01 min")]
    [InlineData(0, null, "Step 5/20")]
    public void Progress_Sampling_NamesRateAndTimeInTheUnitPeopleUse(double rate, int? seconds, string expected)
    {
        var job = Running(GenerationPhase.Sampling) with
        {
            StepsPerSecond = rate,
            Remaining = seconds is { } s ? TimeSpan.FromSeconds(s) : null,
        };

        Assert.Equal(expected, Wording.Progress(job));
    }

    [Theory]
    [InlineData(GenerationPhase.Loading, "Loading the model")]
    [InlineData(GenerationPhase.Encoding, "Reading the prompt")]
    [InlineData(GenerationPhase.Decoding, "Step 5/20 · decoding the picture")]
    public void Progress_OtherPhases_SaysWhatGoesOn(GenerationPhase phase, string expected) =>
        Assert.Equal(expected, Wording.Progress(Running(phase)));

    [Theory]
    [InlineData("a cat\nNegative prompt: x\nSteps: 20", "a cat, 64 by 32")]
    [InlineData("Steps: 20, Sampler: DDIM", "Picture without prompt, 64 by 32")]
    [InlineData("\nSteps: 20", "Picture without prompt, 64 by 32")]
    [InlineData("", "Picture without prompt, 64 by 32")]
    public void Alt_OfAPicture_IsItsPrompt(string infotext, string expected) =>
        Assert.Equal(expected, Wording.Alt(new GalleryEntry("x", 64, 32, infotext)));

    [Fact]
    public void Alt_OfALongPrompt_IsCut()
    {
        var alt = Wording.Alt(new GalleryEntry("x", 64, 32, new string('a', 500)));

        Assert.Equal($"{new string('a', 80)}…, 64 by 32", alt);
    }

    private static JobSnapshot Running(GenerationPhase phase) =>
        new(Guid.Empty, new GenerationRequest(), 1, JobState.Running) { Phase = phase, Step = 5, Steps = 20 };
}
