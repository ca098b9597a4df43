using System.Globalization;
using System.Text.Json;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk.Settings;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>Whole runs recorded from A1111, step by step.</summary>
[Trait("Category", "Fixture")]
public class TrajectoryTests
{
    private static readonly NoiseSchedule _noise = NoiseSchedule.StableDiffusion;

    [Theory]
    [InlineData("traj_euler.json")]
    [InlineData("traj_euler_a.json")]
    [InlineData("traj_heun.json")]
    [InlineData("traj_lms.json")]
    [InlineData("traj_dpm2.json")]
    [InlineData("traj_dpm2_a.json")]
    [InlineData("traj_dpm_fast.json")]
    [InlineData("traj_dpm_adaptive.json")]
    [InlineData("traj_dpmpp_2m.json")]
    [InlineData("traj_dpmpp_2m_sde.json")]
    [InlineData("traj_dpmpp_2m_sde_heun.json")]
    [InlineData("traj_dpmpp_2s_a.json")]
    [InlineData("traj_dpmpp_3m_sde.json")]
    [InlineData("traj_dpmpp_sde.json")]
    [InlineData("traj_restart.json")]
    [InlineData("traj_ddim.json")]
    [InlineData("traj_plms.json")]
    [InlineData("traj_unipc.json")]
    [InlineData("traj_lcm.json")]
    public async Task SampleAsync_EveryRecordedRun_PassesThroughTheSameStates(string name)
    {
        var file = Fixtures.Open("schedulers", name);
        var denoiser = MixtureDenoiser.Load();
        var run = 0;
        foreach (var c in file.Cases)
        {
            if (c.TryGetProperty("error", out _))
            {
                await CheckRefusedAsync(c);
            }
            else
            {
                await CheckAsync(file, c, denoiser);
            }

            run++;
        }

        Assert.True(run > 0);
        Assert.Equal(file.Json.GetProperty("cases").GetArrayLength(), run);
    }

    private static async Task CheckRefusedAsync(JsonElement c)
    {
        var sampler = SamplerCatalog.Resolve(c.GetProperty("sampler").GetString()!);
        var steps = c.GetProperty("steps").GetInt32();
        var run = new SamplerRun
        {
            Sigmas = sampler.Sigmas(_noise, new ScheduleRequest(steps, c.GetProperty("schedule").GetString()!)),
            X = [1],
            Noise = () => [0],
            NoiseBetween = (_, _) => [0],
            Denoise = (_, _, _) => throw new InvalidOperationException("called"),
        };

        var refused = await Assert.ThrowsAsync<BadInputException>(() => sampler.SampleAsync(run, CancellationToken.None));

        Assert.Equal("Steps", refused.Field);
        Assert.Contains(sampler.Name, refused.Message, StringComparison.Ordinal);
    }

    private static async Task CheckAsync(FixtureFile file, JsonElement c, MixtureDenoiser denoiser)
    {
        var id = c.GetProperty("id").GetString()!;
        var sampler = SamplerCatalog.Resolve(c.GetProperty("sampler").GetString()!);
        var overTimesteps = c.TryGetProperty("timesteps", out _);
        var record = new Recorder(file, c, sampler, denoiser)
        {
            AsksAtTimesteps = overTimesteps || c.TryGetProperty("lcm_timesteps", out _),
        };

        // Runs over timesteps keep z = sqrt(abar) x.
        double ToZ(double sigma) => overTimesteps ? Math.Sqrt(NoiseSchedule.AlphaBarOf(sigma)) : 1;
        var sigmas = Table(c, sampler);
        var final = await sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sigmas,
                X = Scaled(file.AsDoubles(c.GetProperty("x_start").GetString()!), 1 / ToZ(sigmas[0])),
                Options = Arguments(c),
                Noise = record.Noise,
                NoiseBetween = record.NoiseBetween,
                AfterStep = record.AfterStep,
                Denoise = record.Denoise,
            },
            CancellationToken.None);

        var tolerance = c.GetProperty("tolerance").EnumerateArray().Select(t => t.GetDouble()).ToArray();
        var (states, of) = Taken(States(file, c), file.AsDoubles(c.GetProperty("x_start").GetString()!), sampler);

        // k-diffusion reports a step where the next one begins, after churn has raised the state: what the model sees next.
        double[][] seen = [.. record.From.Skip(1), final];
        if (sampler is DpmAdaptiveSampler)
        {
            // Here the first report comes after the first stride: its state is not in the file.
            Assert.InRange(seen.Length - states.Count, 0, 1);
            seen = seen[^states.Count..];
        }

        Assert.Equal(states.Count, seen.Length);
        for (var i = 0; i < states.Count; i++)
        {
            var sigma = record.Steps.Count == 0 ? sigmas[0] : record.Steps[i].SigmaNext;
            Near.Absolute(states[i], Scaled(seen[i], ToZ(sigma)), tolerance[of[i]], $"{id} after step {i}");
        }

        // Recorded in double, but for a denoiser rounded to float32: arithmetic in float32 would not reach this. Where the strides follow
        // from the values that rounding grows.
        var share = sampler is DpmAdaptiveSampler ? 5 : 10;
        var end = Scaled(final, ToZ(record.Steps.Count == 0 ? sigmas[0] : record.Steps[^1].SigmaNext));
        Near.Absolute(file.AsDoubles(c.GetProperty("x_final_f64").GetString()!), end, tolerance[^1] / share, $"{id} at the end");
        CheckCalls(c, record, id);
        record.CheckNoise(c, id);
    }

    private static void CheckCalls(JsonElement c, Recorder record, string id)
    {
        var calls = c.TryGetProperty("timesteps", out _) ? record.Timesteps : record.Calls;
        var expected = Singles(c.GetProperty("model_calls"));
        Assert.Equal(expected.Length, calls.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            var spread = 1e-6 * Math.Max(1, calls.Max());
            Near.Absolute([expected[i]], [calls[i]], spread + record.Float32Spread(i, Arguments(c).Eta), $"{id} model call {i}");
        }

        if (c.TryGetProperty("lcm_timesteps", out var known))
        {
            Assert.Equal(known.EnumerateArray().Select(t => t.GetDouble()), record.Timesteps);
        }
    }

    // DPM adaptive reports strides it then rejects too: there the state stays.
    private static (List<double[]> States, List<int> Of) Taken(double[][] states, double[] start, Sampler sampler)
    {
        var of = Enumerable.Range(0, states.Length)
            .Where(i => sampler is not DpmAdaptiveSampler || !states[i].SequenceEqual(i == 0 ? start : states[i - 1]))
            .ToList();
        return (of.ConvertAll(i => states[i]), of);
    }

    private static double[] Table(JsonElement c, Sampler sampler)
    {
        if (c.TryGetProperty("sigmas", out var sigmas))
        {
            return Singles(sigmas);
        }

        var steps = c.GetProperty("steps").GetInt32();
        if (!c.TryGetProperty("timesteps", out var list))
        {
            var arguments = c.GetProperty("arguments");
            var range = new ScheduleOptions
            {
                SigmaMin = arguments.GetProperty("sigma_min").GetDouble(),
                SigmaMax = arguments.GetProperty("sigma_max").GetDouble(),
            };
            return sampler.Sigmas(_noise, new ScheduleRequest(steps, "Exponential") { Options = range });
        }

        var timesteps = list.EnumerateArray().Select(t => t.GetDouble()).ToArray();
        if (sampler is UniPcSampler)
        {
            var options = new ScheduleOptions { UniPcSkip = Skip(c) };
            return c.TryGetProperty("denoising_strength", out _)
                ? UniPcSchedule.From(timesteps[^1], timesteps.Length, options.UniPcSkip, _noise)
                : sampler.Sigmas(_noise, new ScheduleRequest(steps) { Options = options });
        }

        double[] walked = [.. timesteps.Reverse().Select(_noise.Sigma)];
        if (!c.TryGetProperty("denoising_strength", out _))
        {
            Assert.Equal(walked, sampler.Sigmas(_noise, new ScheduleRequest(steps) { Options = new ScheduleOptions { DropLastCall = true } }));
        }

        return walked;
    }

    private static UniPcSkip Skip(JsonElement c) => Option(c, "uni_pc_skip_type") switch
    {
        null or "time_uniform" => UniPcSkip.TimeUniform,
        "time_quadratic" => UniPcSkip.TimeQuadratic,
        "logSNR" => UniPcSkip.LogSnr,
        var other => throw new InvalidOperationException($"The fixture has a skip type this test does not know: {other}."),
    };

    private static string? Option(JsonElement c, string name) =>
        c.TryGetProperty("options", out var options) && options.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static double[] Scaled(double[] values, double factor) => Array.ConvertAll(values, v => v * factor);

    private static double[][] States(FixtureFile file, JsonElement c)
    {
        var name = c.GetProperty("x").GetString()!;
        var states = file.AsDoubles(name);
        return [.. states.Chunk(states.Length / file.Shape(name)[0])];
    }

    // Shortest decimals of float32 values: read as such, then widened.
    private static double[] Singles(JsonElement list) => [.. list.EnumerateArray().Select(v => (double)v.GetSingle())];

    private static SamplerOptions Arguments(JsonElement c)
    {
        var options = new SamplerOptions
        {
            UniPcVariant = Option(c, "uni_pc_variant") switch
            {
                null or "bh1" => UniPcVariant.Bh1,
                "bh2" => UniPcVariant.Bh2,
                "vary_coeff" => UniPcVariant.VaryCoefficients,
                var other => throw new InvalidOperationException($"The fixture has a variant this test does not know: {other}."),
            },
            UniPcOrder = int.Parse(Option(c, "uni_pc_order") ?? "3", CultureInfo.InvariantCulture),
            UniPcLowerOrderFinal = bool.Parse(Option(c, "uni_pc_lower_order_final") ?? "true"),
        };
        if (!c.TryGetProperty("arguments", out var arguments))
        {
            return options;
        }

        foreach (var argument in arguments.EnumerateObject())
        {
            var value = argument.Value.ValueKind == JsonValueKind.Number ? argument.Value.GetDouble() : double.PositiveInfinity;
            options = argument.Name switch
            {
                "n" or "sigma_min" or "sigma_max" or "is_img2img" or "solver_type" => options,
                "eta" => options with { Eta = value },
                "s_churn" => options with { SChurn = value },
                "s_tmin" => options with { STmin = value },
                "s_tmax" => options with { STmax = value },
                "s_noise" => options with { SNoise = value },
                _ => throw new InvalidOperationException($"The fixture has an argument this test does not know: {argument.Name}."),
            };
        }

        return options;
    }

    /// <summary>Feeds the recorded noise and notes what the sampler does.</summary>
    private sealed class Recorder
    {
        private const double StrideSpread = 2e-3;

        private readonly Sampler _sampler;
        private readonly MixtureDenoiser _denoiser;
        private readonly List<double[]> _inputs = [];
        private readonly List<(double Sigma, double SigmaNext)> _ways = [];
        private readonly List<SamplerCall> _stepOfCall = [];
        private readonly double[][] _noise = [];
        private int _draws;

        public Recorder(FixtureFile file, JsonElement c, Sampler sampler, MixtureDenoiser denoiser)
        {
            (_sampler, _denoiser) = (sampler, denoiser);
            if (c.TryGetProperty("noise", out var name))
            {
                var values = file.AsDoubles(name.GetString()!);
                _noise = [.. values.Chunk(values.Length / file.Shape(name.GetString()!)[0])];
            }
        }

        /// <summary>The network is asked at the sampler's timestep of a noise level, not at the level itself.</summary>
        public bool AsksAtTimesteps { get; init; }

        public List<SamplerStep> Steps { get; } = [];

        public List<double> Calls { get; } = [];

        /// <summary>The state each step set out from.</summary>
        public IEnumerable<double[]> From => _inputs.Zip(Steps, (input, step) => step.Corrected ?? input);

        public IReadOnlyList<double> Timesteps => [.. Calls.Select(sigma => _sampler.Timestep(TrajectoryTests._noise, sigma))];

        public double[] Noise() => _noise[_draws++];

        public double[] NoiseBetween(double sigma, double sigmaNext)
        {
            _ways.Add((sigma, sigmaNext));
            return Noise();
        }

        public Task<double[]> Denoise(double[] x, SamplerCall call, CancellationToken cancellationToken)
        {
            Assert.Equal(Calls.Count, call.CallIndex);
            Assert.Equal(Steps.Count, call.StepIndex);
            if (_inputs.Count == call.StepIndex)
            {
                _inputs.Add(x);
            }

            Calls.Add(call.Sigma);
            _stepOfCall.Add(call);
            if (!AsksAtTimesteps)
            {
                return Task.FromResult(_denoiser.Denoise(x, call.Sigma));
            }

            var z = Scaled(x, Math.Sqrt(NoiseSchedule.AlphaBarOf(call.Sigma)));
            var eps = _denoiser.Eps(z, _sampler.Timestep(TrajectoryTests._noise, call.Sigma), TrajectoryTests._noise);
            return Task.FromResult<double[]>([.. x.Zip(eps, (v, e) => v - (call.Sigma * e))]);
        }

        public Task<double[]> AfterStep(SamplerStep step, CancellationToken cancellationToken)
        {
            Steps.Add(step);
            return Task.FromResult(step.X);
        }

        /// <summary>
        /// What float32 does to the sigma of a model call. DPM adaptive's strides follow from the values: its run in
        /// float32 is as far from its own in double. The original of the others takes
        /// sigma_down^2 = sigma_to^2 - sigma_up^2, and the ancestral samplers of second order call the model at
        /// sqrt(sigma sigma_down): where the difference cancels, that sigma carries the rounding.
        /// </summary>
        public double Float32Spread(int i, double? eta)
        {
            var call = _stepOfCall[i];
            if (_sampler is DpmAdaptiveSampler)
            {
                return call.Sigma * StrideSpread;
            }

            var first = _stepOfCall.First(c => c.StepIndex == call.StepIndex);
            if (eta is null || _sampler is not (Dpm2AncestralSampler or DpmPlusPlus2SAncestralSampler) || first == call || call.SigmaNext == 0)
            {
                return 0;
            }

            var (down, _) = StepMath.Ancestral(first.Sigma, call.SigmaNext, eta.Value);
            return call.Sigma * Math.Pow(2, -23) * call.SigmaNext * call.SigmaNext / (down * down);
        }

        /// <summary>As many draws as the original made, of the same ways down.</summary>
        public void CheckNoise(JsonElement c, string id)
        {
            if (!c.TryGetProperty("noise", out _))
            {
                return;
            }

            // A path needs no draw that is multiplied by 0 to go on with.
            if (_sampler.Traits.UsesBrownianNoise && c.GetProperty("arguments").GetProperty("eta").GetDouble() == 0)
            {
                Assert.Equal(0, _draws);
                return;
            }

            Assert.Equal(c.GetProperty("noise_draws").GetInt32(), _draws);
            if (c.GetProperty("noise_source").TryGetProperty("queries", out var queries))
            {
                var asked = queries.EnumerateArray().SelectMany(Singles).ToArray();
                Near.Relative(asked, [.. _ways.SelectMany(way => new[] { way.Sigma, way.SigmaNext })], 2e-6, $"{id} noise queries");
            }
        }
    }
}
