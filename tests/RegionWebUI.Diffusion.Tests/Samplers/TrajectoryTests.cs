using System.Text.Json;
using RegionWebUI.Diffusion.Samplers;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>Whole runs recorded from k-diffusion (through A1111) and CompVis, step by step.</summary>
[Trait("Category", "Fixture")]
public class TrajectoryTests
{
    [Theory]
    [InlineData("traj_euler.json")]
    [InlineData("traj_euler_a.json")]
    [InlineData("traj_heun.json")]
    [InlineData("traj_dpmpp_2m.json")]
    public async Task SampleAsync_EveryRecordedRun_PassesThroughTheSameStates(string name)
    {
        var file = Fixtures.Open("schedulers", name);
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

    [Fact]
    public async Task SampleAsync_EveryCompVisDdimRun_PassesThroughTheSameStates()
    {
        const string Name = "CompVis DDIM";
        var file = Fixtures.Open("schedulers", "other.json");
        var denoiser = MixtureDenoiser.Load();
        var run = 0;
        foreach (var c in file.Cases.Where(c => c.GetProperty("sampler").ValueEquals(Name)))
        {
            await CheckDdimAsync(file, c, denoiser);
            run++;
        }

        var inFile = file.Json.GetProperty("cases").GetRawText().Split($"\"{Name}\"").Length - 1;
        Assert.True(run > 0);
        Assert.Equal(inFile, run);
    }

    private static async Task CheckAsync(FixtureFile file, JsonElement c, MixtureDenoiser denoiser)
    {
        var id = c.GetProperty("id").GetString()!;
        var record = new Recorder(file, c);
        var sampler = SamplerCatalog.Resolve(c.GetProperty("sampler").GetString()!);
        var final = await sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = Singles(c.GetProperty("sigmas")),
                X = file.AsDoubles(c.GetProperty("x_start").GetString()!),
                Options = Arguments(c),
                Noise = record.Noise,
                AfterStep = record.AfterStep,
                Denoise = (x, call, _) => record.Denoise(x, call, denoiser),
            },
            CancellationToken.None);

        var tolerance = c.GetProperty("tolerance").EnumerateArray().Select(t => t.GetDouble()).ToArray();
        var states = States(file, c);

        // k-diffusion reports a step where the next one begins, after churn has raised the state: what the model sees next.
        double[][] seen = [.. record.Inputs.Skip(1), final];
        Assert.Equal(states.Length, seen.Length);
        Assert.Equal(states.Length, record.States.Count);
        for (var i = 0; i < states.Length; i++)
        {
            Near.Absolute(states[i], seen[i], tolerance[i], $"{id} after step {i}");
        }

        Console.WriteLine($"DBG {id} {file.AsDoubles(c.GetProperty("x_final_f64").GetString()!).Zip(final,(a,b)=>Math.Abs(a-b)).Max():E2} of {tolerance[^1]:E2}");
        Near.Absolute(file.AsDoubles(c.GetProperty("x_final_f64").GetString()!), final, tolerance[^1], $"{id} at the end");
        Near.Relative(Singles(c.GetProperty("model_calls")), record.Calls, 1e-6, $"{id} model calls");
        if (c.TryGetProperty("noise", out _))
        {
            Assert.Equal(c.GetProperty("noise_draws").GetInt32(), record.Draws);
        }
    }

    private static async Task CheckDdimAsync(FixtureFile file, JsonElement c, MixtureDenoiser denoiser)
    {
        var id = c.GetProperty("id").GetString()!;
        var noise = NoiseSchedule.StableDiffusion;
        var record = new Recorder(file, c);
        var sampler = SamplerCatalog.Resolve("DDIM");
        var sigmas = sampler.Sigmas(noise, new ScheduleRequest(c.GetProperty("steps").GetInt32()));
        var scale = sampler.StartScale(sigmas[0]);
        await sampler.SampleAsync(
            new SamplerRun
            {
                Sigmas = sigmas,
                X = [.. file.AsDoubles(c.GetProperty("x_start").GetString()!).Select(z => z * scale)],
                Options = new SamplerOptions { Eta = c.GetProperty("eta").GetDouble() },
                Noise = record.Noise,
                AfterStep = record.AfterStep,
                Denoise = (x, call, _) => record.Denoise(x, call, denoiser),
            },
            CancellationToken.None);

        // The network must be asked at whole timesteps, exactly.
        Assert.Equal(c.GetProperty("model_calls").EnumerateArray().Select(t => t.GetDouble()), record.Calls.Select(noise.T));
        var states = States(file, c);
        Assert.Equal(states.Length, record.States.Count);
        for (var i = 0; i < states.Length; i++)
        {
            var root = Math.Sqrt(NoiseSchedule.AlphaBarOf(sigmas[i + 1]));
            var z = record.States[i].Select(x => x * root).ToArray();
            Near.Absolute(states[i], z, 2e-5 * Math.Max(1, states[i].Max(Math.Abs)), $"{id} after step {i}");
        }
    }

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
        var options = new SamplerOptions();
        if (!c.TryGetProperty("arguments", out var arguments))
        {
            return options;
        }

        foreach (var argument in arguments.EnumerateObject())
        {
            var value = argument.Value.ValueKind == JsonValueKind.String && argument.Value.ValueEquals("inf")
                ? double.PositiveInfinity
                : argument.Value.GetDouble();
            options = argument.Name switch
            {
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
        private readonly double[][] _noise = [];

        public Recorder(FixtureFile file, JsonElement c)
        {
            if (c.TryGetProperty("noise", out var name))
            {
                var values = file.AsDoubles(name.GetString()!);
                _noise = [.. values.Chunk(values.Length / file.Shape(name.GetString()!)[0])];
            }
        }

        /// <summary>What the first model call of each step was given.</summary>
        public List<double[]> Inputs { get; } = [];

        /// <summary>The state after each step.</summary>
        public List<double[]> States { get; } = [];

        public List<double> Calls { get; } = [];

        public int Draws { get; private set; }

        public double[] Noise() => _noise[Draws++];

        public Task<double[]> Denoise(double[] x, SamplerCall call, MixtureDenoiser denoiser)
        {
            Assert.Equal(Calls.Count, call.CallIndex);
            Assert.Equal(States.Count, call.StepIndex);
            if (Inputs.Count == call.StepIndex)
            {
                Inputs.Add(x);
            }

            Calls.Add(call.Sigma);
            return Task.FromResult(denoiser.Denoise(x, call.Sigma));
        }

        public Task<double[]> AfterStep(SamplerStep step, CancellationToken cancellationToken)
        {
            States.Add(step.X);
            return Task.FromResult(step.X);
        }
    }
}
