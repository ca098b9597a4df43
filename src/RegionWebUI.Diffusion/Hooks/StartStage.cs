using RegionWebUI.Diffusion.Generation;
using RegionWebUI.Diffusion.Noise;
using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Hooks;

namespace RegionWebUI.Diffusion.Hooks;

/// <summary>The start stage: hooks add lanes, set their states and choose the first step, in order.</summary>
internal static class StartStage
{
    /// <summary>Where the sampler begins.</summary>
    /// <param name="run">The hooks.</param>
    /// <param name="plan">The request, resolved.</param>
    /// <param name="sigmas">Noise levels of the whole schedule.</param>
    /// <param name="networks">The run's networks.</param>
    public static async Task<LaneStart> RunAsync(HookRun run, SamplingPlan plan, double[] sigmas, INetworks networks)
    {
        var context = new Context(run, plan, sigmas, networks);
        foreach (var (owner, hook) in run.Start)
        {
            using var turn = new HookTurn(run, owner);
            context.Turn = turn;
            await run.CallAsync(owner, HookKind.Start, -1, () => hook.StartAsync(context)).ConfigureAwait(false);
        }

        return context.Result();
    }

    private sealed class Context : StartContext
    {
        private const int LongestName = 64;

        private readonly SamplingPlan _plan;
        private readonly double[] _sigmas;
        private readonly List<StartLane> _lanes = [];
        private int _firstStep;
        private int _previewLane;

        public Context(HookRun run, SamplingPlan plan, double[] sigmas, INetworks networks)
        {
            Cancellation = run.Cancellation;
            _plan = plan;
            _sigmas = sigmas;
            Networks = networks;
            _lanes.AddRange(plan.Layout.Lanes.Zip(plan.Seeds, (lane, seed) => Make(lane, seed, true, lane.Index)));
        }

        /// <summary>The call that is under way.</summary>
        public HookTurn? Turn { get; set; }

        public override INetworks Networks { get; }

        public override IReadOnlyList<Lane> Lanes => [.. _lanes.Select(l => l.Lane)];

        public override Box Frame => _plan.Layout.WholeFrame;

        public override int Channels => _plan.Layout.Channels;

        public override IReadOnlyList<double> Sigmas => _sigmas;

        public override int FirstStep
        {
            get => _firstStep;
            set => Turn!.Change(() => _firstStep = value >= 0 && value < _sigmas.Length - 1
                ? value
                : throw new ArgumentOutOfRangeException(
                    nameof(value), $"The first step is {value}; the schedule has the steps 0..{_sigmas.Length - 2}."));
        }

        public override Lane PreviewLane
        {
            get => _lanes[_previewLane].Lane;
            set => Turn!.Change(() => _previewLane = Find(value).Lane.Index);
        }

        public override double AlphaBar => NoiseSchedule.AlphaBarOf(_sigmas[_firstStep]);

        public override CancellationToken Cancellation { get; }

        public override Lane AddLane(string name, long seed, bool isPicture)
        {
            if (string.IsNullOrEmpty(name) || name.Length > LongestName || _lanes.Any(l => l.Lane.Name == name))
            {
                throw new ArgumentException($"The lane name '{name}' is empty, longer than {LongestName} characters, or taken.", nameof(name));
            }

            RequireSeed(seed);
            var lane = new Lane(_lanes.Count, name);
            Turn!.Change(() => _lanes.Add(Make(lane, seed, isPicture, null)));
            return lane;
        }

        public override Latent Z(Lane lane)
        {
            var found = Find(lane);
            return found.Z ?? ((_plan.Sampler.StartScale(_sigmas[_firstStep]) * Math.Sqrt(AlphaBar)) * found.Noise);
        }

        public override void Set(Lane lane, Latent z)
        {
            _plan.Layout.Require(z, "z");
            Turn!.Change(() => Find(lane).Z = z);
        }

        public override Latent Noise(Lane lane) => Find(lane).Noise;

        public override Latent Noise(long seed, int height, int width)
        {
            RequireSeed(seed);
            ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
            return StartLane.Draw(ImageNoise.Generator(_plan.Noise.Device, seed), Channels, height, width);
        }

        public override void Report(string what) => Turn!.Report(what);

        public LaneStart Result()
        {
            var layout = _plan.Layout with { Lanes = Lanes };
            var x = new double[_lanes.Count * layout.LaneSize];
            var (toX, scale) = (1 / Math.Sqrt(AlphaBar), _plan.Sampler.StartScale(_sigmas[_firstStep]));
            foreach (var lane in _lanes)
            {
                var (values, factor) = lane.Z is { } z ? (z, toX) : (lane.Noise, scale);
                var target = layout.Of(x, lane.Lane);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = values.Data.Span[i] * factor;
                }
            }

            return new LaneStart
            {
                Layout = layout,
                X = x,
                Sigmas = _sigmas[_firstStep..],
                Seeds = [.. _lanes.Select(l => l.Seed)],
                VariationSeeds = [.. _lanes.Select(l => l.VariationSeed)],
                PreviewLane = PreviewLane,
                IsPicture = [.. _lanes.Select(l => l.IsPicture)],
                Noise = new LaneNoise([.. _lanes.Select(l => l.Generator)], [.. _lanes.Select(l => Path(l.Seed, layout.LaneSize))], layout.LaneSize),
            };
        }

        // Over the whole schedule, also where the run begins further down: the noise of a step does not depend on the strength.
        private BrownianTree Path(long seed, int length) => new(seed, _sigmas.Last(sigma => sigma > 0), _sigmas[0], length);

        private StartLane Make(Lane lane, long seed, bool isPicture, int? picture) =>
            new(lane, seed, isPicture, _plan.Layout, SettingsMapping.NoiseOptions(_plan.Noise, _plan.Sampler, picture));

        private static void RequireSeed(long seed)
        {
            if (seed is < RequestLimits.MinSeed or > RequestLimits.MaxSeed)
            {
                throw new ArgumentException($"The seed is {seed}; it must be from {RequestLimits.MinSeed} to {RequestLimits.MaxSeed}.", nameof(seed));
            }
        }

        private StartLane Find(Lane lane) => lane.Index >= 0 && lane.Index < _lanes.Count && _lanes[lane.Index].Lane == lane
            ? _lanes[lane.Index]
            : throw new ArgumentException($"The run has no lane {lane.Index} '{lane.Name}'.", nameof(lane));
    }
}
