using RegionWebUI.Sdk;
using RegionWebUI.Sdk.Samplers;

namespace RegionWebUI.Diffusion.Samplers;

/// <summary>A sampler of an extension among the engine's own, and held to what <see cref="SamplerContext"/> asks of it.</summary>
/// <param name="sampler">The sampler.</param>
/// <param name="run">What its extension is told about the run.</param>
internal sealed class ExtensionSampler(RunSampler sampler, Func<IRun> run)
    : Sampler(new SamplerTraits(sampler.Name, sampler.Aliases) { CallsPerStep = sampler.CallsPerStep, UsesBrownianNoise = true })
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The sampler broke a rule that no call of its context could refuse.</exception>
    protected override async Task<double[]> WalkAsync(SamplerRun walk, CancellationToken cancellationToken)
    {
        var context = new Context(run(), walk, cancellationToken);
        try
        {
            var sampled = sampler.Sampler.SampleAsync(context) ?? throw new InvalidOperationException("The sampler returned no task.");
            return context.Take(await sampled.ConfigureAwait(false));
        }
        finally
        {
            context.Close();
        }
    }

    private sealed class Context(IRun run, SamplerRun walk, CancellationToken cancellationToken) : SamplerContext
    {
        private readonly Lock _gate = new();
        private double[] _last = walk.X;
        private int _ended;
        private bool _hasAsked;
        private bool _isAsking;
        private bool _isOver;

        // What is no number in what the run gave is not the sampler's fault where it comes back.
        private bool _gaveNumbers = AreNumbers(walk.X);

        public override IRun Run => run;

        public override IReadOnlyList<double> Sigmas { get; } = [.. walk.Sigmas];

        public override double[] X { get; } = (double[])walk.X.Clone();

        public override double? Eta => walk.Options.Eta;

        public override CancellationToken Cancellation => cancellationToken;

        public override void Report(string what)
        {
            ArgumentNullException.ThrowIfNull(what);
            walk.Report(what);
        }

        public override Task<double[]> DenoiseAsync(double[] x, int step, double sigma) => AskAsync(() =>
        {
            RequireStep(step);
            RequireState(x, "x");
            if (!(sigma > 0 && double.IsFinite(sigma)))
            {
                throw new ArgumentOutOfRangeException(nameof(sigma), $"The noise level is {sigma}; it must be a number above 0.");
            }

            _hasAsked = true;
            return ExtensionSampler.DenoiseAsync(walk, x, step, sigma, cancellationToken);
        });

        public override async Task<double[]> AfterStepAsync(double[] x, int step, double[] denoised)
        {
            _last = await AskAsync(() =>
            {
                RequireStep(step);
                RequireState(x, "x");
                RequireState(denoised, "denoised");
                if (!_hasAsked)
                {
                    throw new InvalidOperationException($"Step {step} ended without a call of DenoiseAsync.");
                }

                (_hasAsked, _ended) = (false, _ended + 1);

                // A preview may look at it later, and a blend may give back the state itself.
                return ExtensionSampler.AfterStepAsync(walk, (double[])x.Clone(), step, (double[])denoised.Clone(), cancellationToken);
            }).ConfigureAwait(false);
            return (double[])_last.Clone();
        }

        public override double[] Noise()
        {
            RequireOpen();
            return walk.Noise();
        }

        public override double[] NoiseBetween(double sigma, double sigmaNext)
        {
            RequireOpen();
            return sigma > sigmaNext && sigmaNext >= 0 && double.IsFinite(sigma)
                ? walk.NoiseBetween(sigma, sigmaNext)
                : throw new ArgumentException($"There is no noise between {sigma} and {sigmaNext}: noise levels fall and are 0 or more.");
        }

        /// <summary>The run's end, when the sampler's is the same.</summary>
        public double[] Take(double[] result)
        {
            RequireState(result, "The result");
            if (_ended != walk.Steps || _isAsking)
            {
                throw new InvalidOperationException(_isAsking
                    ? "The sampler returned while a call of its context was still under way."
                    : $"The sampler ended after {_ended} of {walk.Steps} steps; each must end with AfterStepAsync.");
            }

            return !_gaveNumbers || result.AsSpan().SequenceEqual(_last)
                ? _last
                : throw new InvalidOperationException("The result is not the state that the last AfterStepAsync gave.");
        }

        /// <summary>The sampler has ended.</summary>
        public void Close()
        {
            lock (_gate)
            {
                _isOver = true;
            }
        }

        private async Task<double[]> AskAsync(Func<Task<double[]>> ask)
        {
            lock (_gate)
            {
                RequireOpen();
                _isAsking = !_isAsking
                    ? true
                    : throw new InvalidOperationException("The context was called again before its last call had ended; await each.");
            }

            try
            {
                var answer = await ask().ConfigureAwait(false);
                _gaveNumbers &= AreNumbers(answer);
                return answer;
            }
            finally
            {
                lock (_gate)
                {
                    _isAsking = false;
                }
            }
        }

        private void RequireOpen()
        {
            if (_isOver)
            {
                throw new InvalidOperationException("The context of a sampler was used after the sampler had ended.");
            }
        }

        private void RequireStep(int step)
        {
            if (step != _ended || step >= walk.Steps)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(step), $"The step is {step}; {_ended} of {walk.Steps} have ended, and each ends once, in order.");
            }
        }

        private void RequireState(double[] state, string name)
        {
            if (state is null || state.Length != walk.X.Length)
            {
                throw new ArgumentException($"{name} is {(state is null ? "null" : $"{state.Length} values")}; a state has {walk.X.Length}.");
            }

            if (_gaveNumbers && !AreNumbers(state))
            {
                throw new ArgumentException($"{name} has a value that is no finite number.");
            }
        }

        private static bool AreNumbers(double[] state) => Array.TrueForAll(state, double.IsFinite);
    }
}
