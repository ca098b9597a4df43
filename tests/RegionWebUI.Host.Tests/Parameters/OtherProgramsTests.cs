using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Host.Tests.Parameters;

/// <summary>
/// Infotexts in the forms in which other programs and older versions write them. What A1111 puts into its form is worked out by
/// <see cref="InfotextPaste"/>, which the recorded cases hold to A1111.
/// </summary>
public sealed class OtherProgramsTests
{
    /// <summary>A program, a text as it writes it, and how many values land at least.</summary>
    public static TheoryData<string, string, int> Texts => new()
    {
        {
            "A1111 of 2022",
            "a cat\nNegative prompt: dog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512, Model hash: 7460a6fa", 8
        },
        {
            "A1111 of 2022, second pass",
            "a cat\nSteps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 1, Size: 1024x1536, Denoising strength: 0.7, First pass size: 0x0", 7
        },
        {
            "A1111 1.0, hypernetwork and old names",
            "a cat\nSteps: 30, Sampler: DPM++ SDE Karras, CFG scale: 8.5, Seed: 4, Size: 768x512, Clip skip: 2, ENSD: 31337, Hypernet: x", 8
        },
        {
            "A1111 1.5",
            "a [cat:dog:0.5]\nSteps: 20, Sampler: PLMS, CFG scale: 7, Seed: 1, Size: 512x512, Model hash: abc, Model: m, Version: v1.5.2", 8
        },
        {
            "A1111 1.7",
            "a cat\nSteps: 20, Sampler: DPM++ 2M SDE Exponential, CFG scale: 7, Seed: 1, Size: 512x512, Model: m, Hires upscale: 2, "
                + "Hires upscaler: Latent, Denoising strength: 0.55, VAE hash: 1, VAE: v.pt, Version: v1.7.0-225-gabcdef", 8
        },
        {
            "A1111 1.10, many options",
            "(a cat:1.2)\nNegative prompt: [dog]\nSteps: 28, Sampler: DPM2 a, Schedule type: SGM Uniform, CFG scale: 6.5, Seed: 1, Size: 832x1216, "
                + "Variation seed: 7, Variation seed strength: 0.1, Seed resize from: 512x512, Clip skip: 2, Eta: 0.5, Emphasis: No norm, "
                + "Schedule max sigma: 14.6, Schedule min sigma: 0.03, Schedule rho: 7, Lora hashes: \"a: 1, b: 2\", Version: v1.10.1", 17
        },
        {
            "Forge",
            "a cat\nSteps: 20, Sampler: HeunPP2, Schedule type: Turbo, CFG scale: 7, Seed: 1, Size: 512x512, Model: m, "
                + "Version: f2.0.1v1.10.1-previous-200-gabcdef", 6
        },
        {
            "SD.Next",
            "a cat\nNegative prompt: dog\nSteps: 20, Size: 512x512, Seed: 1, CFG scale: 6, Sampler: DEIS, Model: m, Model hash: 1, App: SD.Next, "
                + "Version: abcdef0, Operations: txt2img, Pipeline: StableDiffusionPipeline", 7
        },
        {
            "Civitai",
            "a cat\nNegative prompt: dog\nSteps: 25, CFG scale: 7, Sampler: Euler a, Seed: 3735928559, Size: 832x1216, Clip skip: 2, "
                + "Created Date: 2024-05-01T10:20:30.4567890Z, Civitai resources: \"[{\\\"type\\\":\\\"checkpoint\\\",\\\"modelVersionId\\\":1}]\", "
                + "Civitai metadata: {}", 9
        },
        {
            "Fooocus, A1111 scheme",
            "a cat\nNegative prompt: dog\nSteps: 30, Sampler: DPM++ 2M SDE, Seed: 8938131138446424141, Size: 1152x896, CFG scale: 4, Sharpness: 2, "
                + "ADM Guidance: \"(1.5, 0.8, 0.3)\", Base model: m, Performance: Speed, Version: Fooocus v2.5.5", 7
        },
        {
            "stable-diffusion.cpp",
            "a cat\nSteps: 20, CFG scale: 7.000000, Guidance: 3.500000, Eta: 0.000000, Seed: 42, Size: 512x512, Model: m, RNG: cuda, "
                + "Sampler: euler_a, Version: stable-diffusion.cpp", 7
        },
        {
            "Draw Things",
            "a cat\nSteps: 20, Sampler: DPM++ 2M Karras, Guidance Scale: 7.0, Seed: 5, Size: 512x512, Model: m, Strength: 1.0, "
                + "Seed Mode: Scale Alike", 5
        },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void Apply_TextOfAnotherProgram_FillsTheRequestAsA1111FillsItsForm(string program, string infotext, int landed)
    {
        var form = A1111Form.Texts(InfotextPaste.Paste(InfotextReader.Read(infotext)).Values);
        Assert.InRange(A1111Form.AssertFilled(infotext, form), landed, int.MaxValue);
        TestContext.Current.SendDiagnosticMessage(program);
    }
}
