using RegionWebUI.Diffusion.Schedules;
using RegionWebUI.TestKit;

namespace RegionWebUI.Diffusion.Tests.Samplers;

/// <summary>The fixtures' denoiser: posterior mean of a Gaussian mixture, in double. One state is one lane.</summary>
internal sealed class MixtureDenoiser
{
    private readonly double[][] _mu;
    private readonly double[] _weights;
    private readonly double _s2;

    private MixtureDenoiser(double[][] mu, double[] weights, double s)
    {
        (_mu, _weights, _s2) = (mu, weights, s * s);
    }

    public static MixtureDenoiser Load()
    {
        var tables = Fixtures.Open("schedulers", "tables.json");
        var mixture = tables.Json.GetProperty("mixture");
        var weights = mixture.GetProperty("weights").EnumerateArray().Select(w => w.GetDouble()).ToArray();
        var mu = tables.AsDoubles(mixture.GetProperty("mu").GetString()!);
        return new MixtureDenoiser([.. mu.Chunk(mu.Length / weights.Length)], weights, mixture.GetProperty("s").GetDouble());
    }

    /// <summary>Values of one lane.</summary>
    public int Lane => _mu[0].Length;

    /// <summary>D of each lane in a state of lanes end to end.</summary>
    public double[] Denoise(double[] x, double sigma) => [.. x.Chunk(Lane).SelectMany(lane => DenoiseLane(lane, sigma))];

    /// <summary>eps(z, t), z = sqrt(abar) x.</summary>
    public double[] Eps(double[] z, double t, NoiseSchedule noise)
    {
        var sigma = noise.Sigma(t);
        var a = 1 / (1 + (sigma * sigma));
        var denoised = Denoise([.. z.Select(v => v / Math.Sqrt(a))], sigma);
        return [.. z.Zip(denoised, (v, d) => (v - (Math.Sqrt(a) * d)) / Math.Sqrt(1 - a))];
    }

    private double[] DenoiseLane(double[] x, double sigma)
    {
        var v = _s2 + (sigma * sigma);
        var l = _mu.Select((mu, k) => Math.Log(_weights[k]) - (SquaredDistance(x, mu) / (2 * v))).ToArray();
        var largest = l.Max();
        var r = l.Select(value => Math.Exp(value - largest)).ToArray();
        var total = r.Sum();
        var denoised = new double[x.Length];
        for (var k = 0; k < r.Length; k++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                denoised[i] += r[k] / total * ((_mu[k][i] * sigma * sigma) + (x[i] * _s2)) / v;
            }
        }

        return denoised;
    }

    private static double SquaredDistance(double[] x, double[] mu) => x.Zip(mu, (a, b) => (a - b) * (a - b)).Sum();
}
