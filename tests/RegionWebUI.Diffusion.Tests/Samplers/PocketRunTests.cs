using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

public class PocketRunTests
{
    [Fact]
    [Trait("Category", "Fixture")]
    public void Sigmas_EveryReferenceRun_StartFromItsNoiseAndWalkItsTable()
    {
        var file = Fixtures.Open("pocket", "reference.json");
        var runs = file.Json.GetProperty("runs");
        var run = 0;
        foreach (var row in runs.EnumerateArray())
        {
            var name = row.GetProperty("name").GetString()!;
            var noise = file.AsDoubles(row.GetProperty("noise").GetString()!);
            var generator = new TorchCpuGenerator(row.GetProperty("seed").GetInt64());
            Near.Absolute(noise, Array.ConvertAll(generator.Randn(noise.Length), v => (double)v), 2e-6, $"{name} noise");

            var schedule = row.TryGetProperty("schedule", out var named) ? named.GetString()! : ScheduleCatalog.Automatic;
            var sampler = SamplerCatalog.Resolve(row.GetProperty("sampler").GetString()!);
            var sigmas = sampler.Sigmas(NoiseSchedule.StableDiffusion, new ScheduleRequest(row.GetProperty("steps").GetInt32(), schedule));
            if (row.TryGetProperty("timesteps", out var timesteps))
            {
                Assert.Equal(timesteps.EnumerateArray().Select(t => t.GetDouble()).Reverse(), sigmas[..^1].Select(NoiseSchedule.StableDiffusion.T));
            }
            else
            {
                // The reference kept abar in double where checkpoints have float32: 1.3e-5 at the clean end.
                Near.Relative([.. row.GetProperty("sigmas").EnumerateArray().Select(s => s.GetDouble())], sigmas, 2e-5, $"{name} sigmas");
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(runs.GetArrayLength(), run);
    }
}
