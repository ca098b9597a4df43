using RegionWebUI.Sdk;

namespace RegionWebUI.Diffusion.Denoising;

/// <summary>The conditioned score: a gradient moves x0, and eps follows, so that every sampler is guided alike.</summary>
internal static class Guidance
{
    /// <summary>Moves the x0 of a lane against a gradient.</summary>
    /// <param name="x0">The lane's prediction, changed in place.</param>
    /// <param name="gradient">g = dL/dz.</param>
    /// <param name="step">Where in the run it is.</param>
    /// <param name="trust">Largest |step| / |x0|, L2 over the lane; 0 is no bound.</param>
    /// <exception cref="ArgumentException">x0 would leave the range of numbers; it is left as it was.</exception>
    public static void Push(Span<double> x0, Latent gradient, StepInfo step, double trust)
    {
        // Dhariwal & Nichol (2021), Algorithm 2: eps' = eps + sqrt(1 - abar) grad L, hence x0' = x0 - (1 - abar) / sqrt(abar) grad L.
        var size = (1 - step.AlphaBar) / Math.Sqrt(step.AlphaBar);
        if (trust > 0)
        {
            var (reach, bound) = (size * gradient.Norm(), trust * Norm(x0));
            size *= reach > bound ? bound / reach : 1;
        }

        var g = gradient.Data.Span;
        for (var i = 0; i < x0.Length; i++)
        {
            if (!float.IsFinite((float)(x0[i] - (size * g[i]))))
            {
                throw new ArgumentException($"The gradient {g[i]} moves x0 out of the range of numbers.");
            }
        }

        for (var i = 0; i < x0.Length; i++)
        {
            // A zero keeps the value's bits, a negative zero's too.
            x0[i] = g[i] == 0 ? x0[i] : x0[i] - (size * g[i]);
        }
    }

    /// <summary>eps that belongs to an x0: (z - sqrt(abar) x0) / sqrt(1 - abar).</summary>
    public static Latent Eps(LaneLayout layout, double[] z, double[] x0, Lane lane, StepInfo step)
    {
        var (signal, spread) = (Math.Sqrt(step.AlphaBar), Math.Sqrt(1 - step.AlphaBar));
        var state = layout.Of(z, lane);
        var clean = layout.Of(x0, lane);
        var eps = new float[state.Length];
        for (var i = 0; i < eps.Length; i++)
        {
            eps[i] = (float)((state[i] - (signal * clean[i])) / spread);
        }

        return new Latent(layout.Channels, layout.Height, layout.Width, eps);
    }

    private static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }
}
