using System.Text.Json;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Diffusion.Tests.Samplers;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Schedules;

/// <summary>schedulers/tables.json: what A1111, k-diffusion and CompVis compute.</summary>
[Trait("Category", "Fixture")]
public class ScheduleTablesTests
{
    private static readonly NoiseSchedule _noise = NoiseSchedule.StableDiffusion;
    private readonly FixtureFile _file = Fixtures.Open("schedulers", "tables.json");

    [Fact]
    public void Sigmas_EveryTable_EqualsA1111()
    {
        var rows = _file.Json.GetProperty("sigmas");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var (sampler, schedule) = (row.GetProperty("sampler").GetString()!, row.GetProperty("schedule").GetString()!);
            var steps = row.GetProperty("steps").GetInt32();
            var actual = SamplerCatalog.Resolve(sampler).Sigmas(_noise, new ScheduleRequest(steps, schedule) { Options = Options(row) });
            var expected = row.GetProperty("sigmas").EnumerateArray().Select(s => s.GetDouble()).ToArray();
            Near.Relative(expected, actual, 2e-6, $"{sampler} {schedule} {steps} {Options(row)}");
            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(rows.GetArrayLength(), run);
    }

    [Fact]
    public void ImageToImageSteps_EveryRow_EqualsA1111()
    {
        var rows = _file.Json.GetProperty("img2img_steps");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var actual = ImageToImageSteps.Of(
                row.GetProperty("steps").GetInt32(),
                row.GetProperty("denoising_strength").GetDouble(),
                row.GetProperty("img2img_fix_steps").GetBoolean());
            Assert.Equal(new ImageToImageSteps(row.GetProperty("schedule_steps").GetInt32(), row.GetProperty("t_enc").GetInt32()), actual);
            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(rows.GetArrayLength(), run);
    }

    [Fact]
    public void Timesteps_EveryRow_EqualA1111()
    {
        var rows = _file.Json.GetProperty("timesteps");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            var expected = row.GetProperty("timesteps").EnumerateArray().Select(t => t.GetInt32());
            Assert.Equal(expected, DdimSchedule.Timesteps(row.GetProperty("steps").GetInt32(), _noise.Count));
            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(rows.GetArrayLength(), run);
    }

    [Fact]
    public void Conversions_EveryRow_EqualA1111()
    {
        var conversions = _file.Json.GetProperty("conversions");
        var run = 0;
        foreach (var (name, convert) in new (string, Func<double, double>)[]
        {
            ("sigma_to_t", _noise.T),
            ("t_to_sigma", _noise.Sigma),
            ("sigma_to_t_quantized", sigma => _noise.QuantizedT(sigma)),
        })
        {
            foreach (var row in conversions.GetProperty(name).EnumerateArray())
            {
                // Inputs are float32 values: just below the table's end must not fall inside it.
                Near.Relative(row[1].GetDouble(), convert(row[0].GetSingle()), 1e-5, $"{name}({row[0]})");
                run++;
            }
        }

        Assert.True(run > 0);
        Assert.Equal(conversions.EnumerateObject().Sum(p => p.Value.GetArrayLength()), run);
    }

    [Fact]
    public void Ancestral_EveryRow_EqualsKDiffusion()
    {
        var rows = _file.Json.GetProperty("ancestral_step");
        var run = 0;
        foreach (var row in rows.EnumerateArray())
        {
            double Of(string name) => row.GetProperty(name).GetDouble();
            var (down, up) = StepMath.Ancestral(Of("sigma_from"), Of("sigma_to"), Of("eta"));
            Near.Relative(Of("sigma_up"), up, 1e-5, $"sigma_up of {row}");
            Near.Relative(Of("sigma_down"), down, AncestralTolerance(Of("sigma_to"), Of("sigma_down")), $"sigma_down of {row}");
            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(rows.GetArrayLength(), run);
    }

    [Fact]
    public void AlphaBar_EveryTimestep_IsTheCheckpointsFloat32()
    {
        var expected = _file.AsDoubles("alphas_cumprod_f32");

        Assert.Equal(expected, Enumerable.Range(0, _noise.Count).Select(_noise.AlphaBar));
    }

    /// <summary>
    /// The original takes sigma_down^2 = sigma_to^2 - sigma_up^2 in float32. Half a unit in the last place of sigma_to^2 is, relative to
    /// sigma_down^2, 2^-24 sigma_to^2 / sigma_down^2; only where that exceeds the usual tolerance may a row be off by more.
    /// </summary>
    private static double AncestralTolerance(double sigmaTo, double sigmaDown)
    {
        const double usual = 1e-5;
        const double whereFloat32Cancels = 4e-5;
        return Math.Pow(2, -24) * sigmaTo * sigmaTo > usual * sigmaDown * sigmaDown ? whereFloat32Cancels : usual;
    }

    private static ScheduleOptions Options(JsonElement row)
    {
        var options = new ScheduleOptions { IsSdxl = row.TryGetProperty("sdxl", out var sdxl) && sdxl.GetBoolean() };
        if (!row.TryGetProperty("options", out var given))
        {
            return options;
        }

        foreach (var option in given.EnumerateObject())
        {
            options = option.Name switch
            {
                "rho" => options with { Rho = option.Value.GetDouble() },
                "sigma_min" => options with { SigmaMin = option.Value.GetDouble() },
                "sigma_max" => options with { SigmaMax = option.Value.GetDouble() },
                "beta_dist_alpha" => options with { BetaAlpha = option.Value.GetDouble() },
                "beta_dist_beta" => options with { BetaBeta = option.Value.GetDouble() },
                "always_discard_next_to_last_sigma" => options with { DiscardNextToLastSigma = option.Value.GetBoolean() },
                "use_old_karras_scheduler_sigmas" => option.Value.GetBoolean() ? ScheduleOptions.OldKarras : options,
                _ => throw new InvalidOperationException($"The fixture has an option this test does not know: {option.Name}."),
            };
        }

        return options;
    }
}
