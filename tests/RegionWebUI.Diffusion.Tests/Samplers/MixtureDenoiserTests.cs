using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

public class MixtureDenoiserTests
{
    [Fact]
    [Trait("Category", "Fixture")]
    public void Denoise_EveryDenoiserCheck_EqualsTheFixture()
    {
        var tables = Fixtures.Open("schedulers", "tables.json");
        var denoiser = MixtureDenoiser.Load();
        var rows = tables.Json.GetProperty("denoiser_check");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var x = tables.AsDoubles(row.GetProperty("x").GetString()!);
            if (row.TryGetProperty("t", out var t))
            {
                Near.Relative(row.GetProperty("sigma_of_t").GetDouble(), NoiseSchedule.StableDiffusion.Sigma(t.GetDouble()), 2e-6, $"sigma({t})");
                var eps = denoiser.Eps(x, t.GetDouble(), NoiseSchedule.StableDiffusion);
                Near.Absolute(tables.AsDoubles(row.GetProperty("eps").GetString()!), eps, 1e-5, $"eps at t {t}");
            }
            else
            {
                var sigma = row.GetProperty("sigma").GetDouble();
                Near.Absolute(tables.AsDoubles(row.GetProperty("D").GetString()!), denoiser.Denoise(x, sigma), 1e-5, $"D at sigma {sigma}");
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(rows.GetArrayLength(), run);
    }
}
