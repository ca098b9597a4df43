using System.Text.Json;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>Whole runs recorded from CompVis and diffusers: the same algorithms under other names, on other tables.</summary>
[Trait("Category", "Fixture")]
public class OtherTrajectoryTests
{
    private static readonly NoiseSchedule _noise = NoiseSchedule.StableDiffusion;

    [Fact]
    public async Task SampleAsync_EveryRunOfOtherPrograms_PassesThroughTheSameStates()
    {
        var file = Fixtures.Open("schedulers", "other.json");
        var denoiser = MixtureDenoiser.Load();
        var run = 0;
        foreach (var c in file.Cases)
        {
            await CheckAsync(file, c, denoiser);
            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(file.Json.GetProperty("cases").GetArrayLength(), run);
    }

    [Theory]
    [InlineData("DDIM", "CompVis DDIM")]
    [InlineData("PLMS", "CompVis PLMS")]
    public void Sigmas_EveryCompVisRun_IsTheSamplersOwnTable(string sampler, string recorded)
    {
        var cases = Fixtures.Open("schedulers", "other.json").Cases.Where(c => c.GetProperty("sampler").ValueEquals(recorded)).ToList();

        Assert.NotEmpty(cases);
        Assert.All(cases, c => Assert.Equal(
            Table(c),
            SamplerCatalog.Resolve(sampler).Sigmas(_noise, new ScheduleRequest(c.GetProperty("steps").GetInt32()))));
    }

    private static async Task CheckAsync(FixtureFile file, JsonElement c, MixtureDenoiser denoiser)
    {
        var id = $"{c.GetProperty("id")} {c.GetProperty("sampler")}";
        var (sampler, options) = Ours(c);

        // diffusers' Euler keeps x = z / sqrt(abar), all others keep z.
        var keepsX = sampler is EulerSampler;
        double ToZ(double sigma) => keepsX ? 1 : Math.Sqrt(NoiseSchedule.AlphaBarOf(sigma));
        var sigmas = Table(c);
        var timesteps = c.GetProperty("model_calls").EnumerateArray().Select(t => t.GetDouble()).ToArray();
        var noise = c.TryGetProperty("noise", out var name) ? Rows(file, name.GetString()!) : [];
        var (calls, draws, inputs, steps) = (0, 0, new List<double[]>(), new List<double[]>());
        await sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sigmas,
                X = Scaled(file.AsDoubles(c.GetProperty("x_start").GetString()!), 1 / ToZ(sigmas[0])),
                Options = options,
                Noise = () => noise[draws++],
                NoiseBetween = (_, _) => throw new InvalidOperationException("called"),
                AfterStep = (step, _) =>
                {
                    steps.Add(Scaled(step.X, ToZ(step.SigmaNext)));
                    return Task.FromResult(step.X);
                },
                Denoise = (x, call, _) =>
                {
                    inputs.Add(Scaled(x, ToZ(call.Sigma)));
                    var eps = denoiser.Eps(Scaled(x, Math.Sqrt(NoiseSchedule.AlphaBarOf(call.Sigma))), timesteps[calls++], _noise);
                    return Task.FromResult<double[]>([.. x.Zip(eps, (v, e) => v - (call.Sigma * e))]);
                },
            },
            CancellationToken.None);

        Assert.Equal(timesteps.Length, calls);
        var states = Rows(file, c.GetProperty("x").GetString()!);

        // diffusers' PNDM counts the improved Euler step at the start as two: its first state is what the second call is given.
        List<double[]> seen = c.GetProperty("sampler").ValueEquals("diffusers PNDMScheduler") ? [inputs[1], .. steps] : steps;
        Assert.Equal(states.Length, seen.Count);
        for (var i = 0; i < states.Length; i++)
        {
            Near.Absolute(states[i], seen[i], 2e-5 * Math.Max(1, states[i].Max(Math.Abs)), $"{id} after step {i}");
        }
    }

    private static (Sampler Sampler, SamplerOptions Options) Ours(JsonElement c)
    {
        var eta = c.TryGetProperty("eta", out var given) ? given.GetDouble() : 0;
        return c.GetProperty("sampler").GetString() switch
        {
            "CompVis DDIM" or "diffusers DDIMScheduler" => (new DdimSampler(), new SamplerOptions { Eta = eta }),

            // Without noise DDIM walks a rising table as well: that is the inversion.
            "diffusers DDIMInverseScheduler" => (new DdimSampler(), new SamplerOptions()),

            // Song et al. (2021): at eta 1 DDIM is DDPM.
            "diffusers DDPMScheduler" => (new DdimSampler(), new SamplerOptions { Eta = 1 }),
            "CompVis PLMS" or "diffusers PNDMScheduler" => (new PlmsSampler(), new SamplerOptions()),
            "diffusers UniPCMultistepScheduler" => (new UniPcSampler(), new SamplerOptions
            {
                UniPcVariant = Config(c, "solver_type") == "bh1" ? UniPcVariant.Bh1 : UniPcVariant.Bh2,
                UniPcOrder = Config(c, "solver_order") == "3" ? 3 : 2,
            }),
            "diffusers LCMScheduler" => (new LcmSampler(), new SamplerOptions()),
            "diffusers EulerDiscreteScheduler" => (new EulerSampler(), new SamplerOptions()),
            "diffusers DPMSolverMultistepScheduler" => (new DpmPlusPlus2MSampler(), new SamplerOptions()),
            var other => throw new InvalidOperationException($"The fixture has a sampler this test does not know: {other}."),
        };
    }

    private static double[] Table(JsonElement c)
    {
        if (c.TryGetProperty("sigmas", out var sigmas))
        {
            return [.. sigmas.EnumerateArray().Select(s => s.GetDouble())];
        }

        double[] walked = [.. c.GetProperty("timesteps").EnumerateArray().Select(t => t.GetDouble()).Distinct().Select(_noise.Sigma)];
        var sampler = c.GetProperty("sampler").GetString()!;
        if (sampler.Contains("Inverse", StringComparison.Ordinal))
        {
            return [_noise.SigmaMin, .. walked];
        }

        // The last stride leads to abar_0 or, by default in diffusers, to the clean end.
        var toZero = sampler.StartsWith("diffusers", StringComparison.Ordinal) && Config(c, "set_alpha_to_one") != "False";
        return [.. walked, toZero ? 0 : _noise.SigmaMin];
    }

    private static string? Config(JsonElement c, string name) =>
        c.TryGetProperty("config", out var config) && config.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static double[][] Rows(FixtureFile file, string name)
    {
        var values = file.AsDoubles(name);
        return [.. values.Chunk(values.Length / file.Shape(name)[0])];
    }

    private static double[] Scaled(double[] values, double factor) => Array.ConvertAll(values, v => v * factor);
}
